#include "textflag.h"

// AT4 loads the documents from an offset on, of those at R13, to four registers.
#define AT4(offset, a, b, c, d) \
	MOVL (offset)(SI)(R13*4), a;      \
	MOVL (offset + 4)(SI)(R13*4), b;  \
	MOVL (offset + 8)(SI)(R13*4), c;  \
	MOVL (offset + 12)(SI)(R13*4), d

// PICK4 loads the numbers of a table at four indexes, one by one: a gather takes longer.
#define PICK4(table, a, b, c, d, to) \
	VMOVD   (table)(a*4), to;         \
	VPINSRD $1, (table)(b*4), to, to; \
	VPINSRD $2, (table)(c*4), to, to; \
	VPINSRD $3, (table)(d*4), to, to

// func scoreWide(scores *[segment.BlockSize]int64, docs, freqs *[segment.BlockSize]uint32, norms *uint32, params *[3]float64)
TEXT ·scoreWide(SB), NOSPLIT, $0-40
	MOVQ         scores+0(FP), DI
	MOVQ         docs+8(FP), SI
	MOVQ         freqs+16(FP), DX
	MOVQ         norms+24(FP), BX
	MOVQ         params+32(FP), AX
	VBROADCASTSD (AX), Y10          // weight
	VBROADCASTSD 8(AX), Y11         // normBase
	VBROADCASTSD 16(AX), Y12        // normPerLength
	MOVQ         $0x4330000000000000, R8
	VMOVQ        R8, X13
	VPBROADCASTQ X13, Y13           // 2^52, whose last bit is 1
	MOVQ         $32, CX

next:
	MOVL      (SI), R8
	MOVL      4(SI), R9
	MOVL      8(SI), R10
	MOVL      12(SI), R11
	PICK4(BX, R8, R9, R10, R11, X1)
	VCVTDQ2PD X1, Y1
	VCVTDQ2PD (DX), Y2
	VMULPD    Y12, Y1, Y1
	VADDPD    Y11, Y2, Y3
	VADDPD    Y1, Y3, Y3
	VDIVPD    Y3, Y2, Y2
	VMULPD    Y10, Y2, Y2
	VROUNDPD  $3, Y2, Y2 // towards 0
	VADDPD    Y13, Y2, Y2
	VPSUBQ    Y13, Y2, Y2
	VMOVDQU   Y2, (DI)
	ADDQ      $16, SI
	ADDQ      $16, DX
	ADDQ      $32, DI
	DECQ      CX
	JNZ       next
	VZEROUPPER
	RET

// func chooseWide(scores []int64, less int64, indexes *uint16, membersOf *[256][8]uint8) uint
TEXT ·chooseWide(SB), NOSPLIT, $0-56
	MOVQ         scores_base+0(FP), SI
	MOVQ         scores_len+8(FP), CX
	MOVQ         less+24(FP), AX
	MOVQ         indexes+32(FP), DI
	MOVQ         membersOf+40(FP), BX
	XORQ         R12, R12           // chosen so far
	VMOVQ        AX, X1
	VPBROADCASTQ X1, Y1
	VPXOR        X4, X4, X4         // the index of the first of the next eight
	MOVQ         $8, AX
	VMOVQ        AX, X6
	VPBROADCASTW X6, X6
	SHRQ         $3, CX
	JZ           done

next:
	VMOVDQU   (SI), Y0
	VMOVDQU   32(SI), Y2
	VPCMPGTQ  Y1, Y0, Y0
	VPCMPGTQ  Y1, Y2, Y2
	VMOVMSKPD Y0, AX
	VMOVMSKPD Y2, R8
	SHLL      $4, R8
	ORL       R8, AX
	VPMOVZXBW (BX)(AX*8), X5
	VPADDW    X4, X5, X5
	VMOVDQU   X5, (DI)(R12*2)
	POPCNTL   AX, AX
	ADDQ      AX, R12
	VPADDW    X6, X4, X4
	ADDQ      $64, SI
	DECQ      CX
	JNZ       next

done:
	VZEROUPPER
	MOVQ R12, ret+48(FP)
	RET

// func drainWide(freqs, norms []uint32, matches *uint8, params *[3]float32, out *posting) uint
TEXT ·drainWide(SB), NOSPLIT, $0-80
	MOVQ         freqs_base+0(FP), SI
	MOVQ         freqs_len+8(FP), CX
	MOVQ         norms_base+24(FP), DX
	MOVQ         matches+48(FP), DI
	MOVQ         params+56(FP), AX
	MOVQ         out+64(FP), R11
	XORQ         R12, R12         // written so far
	XORQ         R13, R13         // the index of the first of the next eight
	VBROADCASTSS (AX), Y8
	VBROADCASTSS 4(AX), Y9
	VBROADCASTSS 8(AX), Y10
	VPXOR        Y7, Y7, Y7
	SHRQ         $3, CX
	JZ           done

next:
	VMOVDQU   (SI), Y0
	VPCMPEQD  Y7, Y0, Y1
	VMOVMSKPS Y1, AX
	XORL      $0xFF, AX       // those that are not 0
	MOVB      AX, (DI)
	VCVTDQ2PS Y0, Y0
	VCVTDQ2PS (DX), Y2
	VMULPS    Y8, Y0, Y0
	VMULPS    Y10, Y2, Y2
	VADDPS    Y9, Y2, Y2
	VCMPPS    $0x1D, Y2, Y0, Y2 // at least, and no NaN
	VMOVMSKPS Y2, R8
	ANDL      AX, R8
	JNZ       some

empty:
	VMOVDQU Y7, (SI)
	ADDQ    $32, SI
	ADDQ    $32, DX
	ADDQ    $8, R13
	INCQ    DI
	DECQ    CX
	JNZ     next

done:
	VZEROUPPER
	MOVQ R12, ret+72(FP)
	RET

some:
	BSFL R8, R9
	MOVL (SI)(R9*4), R10
	ADDQ R13, R9
	MOVL R9, (R11)(R12*8)
	MOVL R10, 4(R11)(R12*8)
	INCQ R12
	LEAL -1(R8), R9
	ANDL R9, R8
	JNZ  some
	JMP  empty

// func passFreqs(docs, freqs *uint32, eights uint, params *[3]float32, first uint32, passed *passed, indexes *uint8, membersOf *[256][8]uint8) uint
TEXT ·passFreqs(SB), NOSPLIT, $0-72
	MOVQ         docs+0(FP), SI
	MOVQ         freqs+8(FP), DX
	MOVQ         eights+16(FP), CX
	MOVQ         params+24(FP), AX
	MOVQ         passed+40(FP), R9
	MOVQ         indexes+48(FP), DI
	MOVQ         membersOf+56(FP), R11
	XORQ         R12, R12           // passed so far
	VBROADCASTSS (AX), Y8
	VBROADCASTSS 4(AX), Y9
	MOVL         first+32(FP), AX
	VMOVD        AX, X13
	VPBROADCASTB X13, X13           // the index of the first of the next eight
	MOVL         $8, AX
	VMOVD        AX, X14
	VPBROADCASTB X14, X14

next:
	VMOVDQU   (DX), Y3
	VCVTDQ2PS Y3, Y2
	VMULPS    Y8, Y2, Y2
	VCMPPS    $0x1D, Y9, Y2, Y2 // at least, and no NaN
	VMOVMSKPS Y2, AX
	TESTL     AX, AX
	JZ        skip
	VMOVQ     (R11)(AX*8), X5
	VPMOVZXBD X5, Y6
	VPERMD    (SI), Y6, Y0
	VPERMD    Y3, Y6, Y3
	VMOVDQU   Y0, (R9)(R12*4)
	VMOVDQU   Y3, 544(R9)(R12*4)
	VPADDB    X13, X5, X5
	VMOVQ     X5, (DI)(R12*1)
	POPCNTL   AX, AX
	ADDQ      AX, R12

skip:
	VPADDB  X14, X13, X13
	ADDQ    $32, SI
	ADDQ    $32, DX
	DECQ    CX
	JNZ     next
	VPXOR   Y0, Y0, Y0
	VMOVDQU Y0, (R9)(R12*4) // documents that passSet and passLengths may look at
	VZEROUPPER
	MOVQ    R12, ret+64(FP)
	RET

// func passSet(passed *passed, indexes *uint8, n uint, set *uint64, flip uint32, membersOf *[256][8]uint8) uint
TEXT ·passSet(SB), NOSPLIT, $0-56
	MOVQ         passed+0(FP), SI
	MOVQ         indexes+8(FP), DI
	MOVQ         n+16(FP), CX
	MOVQ         set+24(FP), R9
	MOVL         flip+32(FP), R10
	MOVQ         membersOf+40(FP), R11
	XORQ         R12, R12           // passed so far
	XORQ         R13, R13           // looked at so far
	MOVL         $31, AX
	VMOVD        AX, X12
	VPBROADCASTD X12, Y12
	TESTQ        CX, CX
	JZ           done

next:
	VMOVDQU     (SI)(R13*4), Y0
	AT4(0, R8, BX, DX, AX)
	SHRL        $5, R8
	SHRL        $5, BX
	SHRL        $5, DX
	SHRL        $5, AX
	PICK4(R9, R8, BX, DX, AX, X4)
	AT4(16, R8, BX, DX, AX)
	SHRL        $5, R8
	SHRL        $5, BX
	SHRL        $5, DX
	SHRL        $5, AX
	PICK4(R9, R8, BX, DX, AX, X3)
	VINSERTI128 $1, X3, Y4, Y4
	VPANDN      Y12, Y0, Y5        // how far the bit is from the highest one
	VPSLLVD     Y5, Y4, Y4
	VMOVMSKPS   Y4, AX
	XORL        R10, AX
	CMPQ        CX, $8
	JGE         compress
	MOVL        $1, R8             // fewer than eight are left
	SHLL        CX, R8
	DECL        R8
	ANDL        R8, AX

compress:
	VMOVQ     (R11)(AX*8), X5
	VPMOVZXBD X5, Y6
	VPERMD    Y0, Y6, Y0
	VPERMD    544(SI)(R13*4), Y6, Y3
	VMOVQ     (DI)(R13*1), X7
	VPSHUFB   X5, X7, X7
	VMOVDQU   Y0, (SI)(R12*4)
	VMOVDQU   Y3, 544(SI)(R12*4)
	VMOVQ     X7, (DI)(R12*1)
	POPCNTL   AX, AX
	ADDQ      AX, R12
	ADDQ      $8, R13
	SUBQ      $8, CX
	JG        next

done:
	VPXOR   Y0, Y0, Y0
	VMOVDQU Y0, (SI)(R12*4)
	VZEROUPPER
	MOVQ    R12, ret+48(FP)
	RET

// func passLengths(passed *passed, indexes *uint8, n uint, norms *uint32, params *[3]float32, membersOf *[256][8]uint8) uint
TEXT ·passLengths(SB), NOSPLIT, $0-56
	MOVQ         passed+0(FP), SI
	MOVQ         indexes+8(FP), DI
	MOVQ         n+16(FP), CX
	MOVQ         norms+24(FP), BX
	MOVQ         params+32(FP), AX
	MOVQ         membersOf+40(FP), R11
	XORQ         R12, R12           // passed so far
	XORQ         R13, R13           // looked at so far
	VBROADCASTSS (AX), Y8
	VBROADCASTSS 4(AX), Y9
	VBROADCASTSS 8(AX), Y10
	TESTQ        CX, CX
	JZ           done

next:
	AT4(0, R8, R9, R10, DX)
	PICK4(BX, R8, R9, R10, DX, X1)
	AT4(16, R8, R9, R10, DX)
	PICK4(BX, R8, R9, R10, DX, X3)
	VINSERTI128 $1, X3, Y1, Y1
	VCVTDQ2PS   544(SI)(R13*4), Y2
	VMULPS      Y8, Y2, Y2
	VCVTDQ2PS   Y1, Y1
	VMULPS      Y10, Y1, Y1
	VADDPS      Y9, Y1, Y1
	VCMPPS      $0x1D, Y1, Y2, Y2
	VMOVMSKPS   Y2, AX
	CMPQ        CX, $8
	JGE         compress
	MOVL        $1, R8             // fewer than eight are left
	SHLL        CX, R8
	DECL        R8
	ANDL        R8, AX

compress:
	VMOVQ   (R11)(AX*8), X5
	VMOVQ   (DI)(R13*1), X7
	VPSHUFB X5, X7, X7
	VMOVQ   X7, (DI)(R12*1)
	POPCNTL AX, AX
	ADDQ    AX, R12
	ADDQ    $8, R13
	SUBQ    $8, CX
	JG      next

done:
	VZEROUPPER
	MOVQ R12, ret+48(FP)
	RET
