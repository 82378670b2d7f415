#include "textflag.h"

// Y0 = eight integers of width bits from SI on, which take width bytes: four
// from there and four from half of that on, each brought to 32 bits of its own,
// moved down, and cut.
#define UNPACK8 \
	VMOVDQU     (SI), X0;                \
	VINSERTI128 $1, (SI)(R8*1), Y0, Y0;  \
	VPSHUFB     Y1, Y0, Y0;              \
	VPSRLVD     Y2, Y0, Y0;              \
	VPAND       Y3, Y0, Y0;              \
	ADDQ        DX, SI

#define SETUP \
	MOVQ    dst+0(FP), DI;    \
	MOVQ    src+8(FP), SI;    \
	MOVQ    width+16(FP), DX; \
	MOVQ    table+24(FP), BX;  \
	VMOVDQU (BX), Y1;         \
	VMOVDQU 32(BX), Y2;       \
	VMOVDQU 64(BX), Y3;       \
	MOVQ    DX, R8;           \
	SHRQ    $1, R8;           \
	MOVQ    $16, CX

// func unpackAddAVX2(dst *[BlockSize]uint32, src *byte, width uint, table *unpackTable, add uint32)
TEXT ·unpackAddAVX2(SB), NOSPLIT, $0-36
	SETUP
	MOVL         add+32(FP), AX
	VMOVD        AX, X4
	VPBROADCASTD X4, Y4

next:
	UNPACK8
	VPADDD  Y4, Y0, Y0
	VMOVDQU Y0, (DI)
	ADDQ    $32, DI
	DECQ    CX
	JNZ     next
	VZEROUPPER
	RET

// func unpackPrefixSumAVX2(dst *[BlockSize]uint32, src *byte, width uint, table *unpackTable, base uint32)
TEXT ·unpackPrefixSumAVX2(SB), NOSPLIT, $0-36
	SETUP
	MOVL         base+32(FP), AX
	VMOVD        AX, X9
	VPBROADCASTD X9, Y9
	VPCMPEQD     Y10, Y10, Y10 // -1 in each
	MOVL         $7, AX
	VMOVD        AX, X8
	VPBROADCASTD X8, Y8

next:
	UNPACK8
	VPSUBD     Y10, Y0, Y0     // the distance
	VPSLLDQ    $4, Y0, Y5      // sums within each half
	VPADDD     Y5, Y0, Y0
	VPSLLDQ    $8, Y0, Y5
	VPADDD     Y5, Y0, Y0
	VPSHUFD    $0xFF, Y0, Y5   // that of the lower half to the upper one
	VPERM2I128 $0x08, Y5, Y5, Y6
	VPADDD     Y6, Y0, Y0
	VPERMD     Y0, Y8, Y7      // that of all eight
	VPADDD     Y9, Y0, Y0
	VPADDD     Y7, Y9, Y9
	VMOVDQU    Y0, (DI)
	ADDQ       $32, DI
	DECQ       CX
	JNZ        next
	VZEROUPPER
	RET

// func intersectAVX2(block *[BlockSize]uint32, docs []uint32, firstIndex uint, docIndexes *uint16, blockIndexes *uint8) uint
TEXT ·intersectAVX2(SB), NOSPLIT, $0-64
	MOVQ        block+0(FP), BX
	MOVQ        docs_base+8(FP), SI
	MOVQ        docs_len+16(FP), CX
	MOVQ        firstIndex+32(FP), DX
	MOVQ        docIndexes+40(FP), DI
	MOVQ        blockIndexes+48(FP), R11
	XORQ        R12, R12 // found so far
	TESTQ       CX, CX
	JZ          done

	// The last document of each sixteen.
	VMOVD       60(BX), X1
	VPINSRD     $1, 124(BX), X1, X1
	VPINSRD     $2, 188(BX), X1, X1
	VPINSRD     $3, 252(BX), X1, X1
	VMOVD       316(BX), X2
	VPINSRD     $1, 380(BX), X2, X2
	VPINSRD     $2, 444(BX), X2, X2
	VPINSRD     $3, 508(BX), X2, X2
	VINSERTI128 $1, X2, Y1, Y1

next:
	VPBROADCASTD (SI), Y0
	VPCMPGTD     Y1, Y0, Y2        // the sixteens that end before it
	VMOVMSKPS    Y2, AX
	POPCNTL      AX, AX
	SHLQ         $6, AX
	VPCMPEQD     (BX)(AX*1), Y0, Y3
	VPCMPEQD     32(BX)(AX*1), Y0, Y4
	VMOVMSKPS    Y3, R8
	VMOVMSKPS    Y4, R9
	SHLL         $8, R9
	ORL          R9, R8
	BSFL         R8, R10           // undefined for none, and not kept then
	SHRQ         $2, AX
	ADDL         AX, R10
	MOVW         DX, (DI)(R12*2)
	MOVB         R10, (R11)(R12*1)
	NEGL         R8
	ADCQ         $0, R12
	INCQ         DX
	ADDQ         $4, SI
	DECQ         CX
	JNZ          next

done:
	VZEROUPPER
	MOVQ R12, ret+56(FP)
	RET

// func saturateAVX2(dst *float64, impacts *byte, n, entrySize uint, shuffles *[2][16]byte, by *Saturation)
TEXT ·saturateAVX2(SB), NOSPLIT, $0-48
	MOVQ         dst+0(FP), DI
	MOVQ         impacts+8(FP), SI
	MOVQ         n+16(FP), CX
	MOVQ         entrySize+24(FP), DX
	MOVQ         shuffles+32(FP), BX
	MOVQ         by+40(FP), AX
	VMOVDQU      (BX), X8           // to frequencies
	VMOVDQU      16(BX), X9         // to norms
	VBROADCASTSD (AX), Y10          // Base
	VBROADCASTSD 8(AX), Y11         // PerLength
	MOVL         $255, R8
	VMOVD        R8, X12
	VPBROADCASTD X12, X12           // saturatedFreq
	MOVQ         $0x41EFFFFFFFE00000, R8
	VMOVQ        R8, X13
	VBROADCASTSD X13, Y13           // math.MaxUint32, which it stands for

next:
	VMOVDQU      (SI), X0
	VPSHUFB      X8, X0, X1
	VPSHUFB      X9, X0, X2
	VPCMPEQD     X12, X1, X3
	VPMOVSXDQ    X3, Y3
	VCVTDQ2PD    X1, Y1
	VCVTDQ2PD    X2, Y2
	VBLENDVPD    Y3, Y13, Y1, Y1
	VMULPD       Y11, Y2, Y2
	VADDPD       Y10, Y1, Y4
	VADDPD       Y2, Y4, Y4
	VDIVPD       Y4, Y1, Y1
	VEXTRACTF128 $1, Y1, X2
	VMAXPD       X2, X1, X1
	VPERMILPD    $1, X1, X2
	VMAXSD       X2, X1, X1
	VMOVSD       X1, (DI)
	ADDQ         $8, DI
	ADDQ         DX, SI
	DECQ         CX
	JNZ          next
	VZEROUPPER
	RET

// func sumAVX2(starts *[BlockSize + 1]uint32, freqs *[BlockSize]uint32) uint32
TEXT ·sumAVX2(SB), NOSPLIT, $0-20
	MOVQ         starts+0(FP), DI
	MOVQ         freqs+8(FP), SI
	MOVL         $0, (DI)
	MOVQ         $16, CX
	MOVL         $7, AX
	VMOVD        AX, X8
	VPBROADCASTD X8, Y8
	VPXOR        Y9, Y9, Y9        // the sum so far, in each
	VPXOR        Y10, Y10, Y10     // all bits

next:
	VMOVDQU    (SI), Y0
	VPOR       Y0, Y10, Y10
	VPSLLDQ    $4, Y0, Y5
	VPADDD     Y5, Y0, Y0
	VPSLLDQ    $8, Y0, Y5
	VPADDD     Y5, Y0, Y0
	VPSHUFD    $0xFF, Y0, Y5
	VPERM2I128 $0x08, Y5, Y5, Y6
	VPADDD     Y6, Y0, Y0
	VPERMD     Y0, Y8, Y7
	VPADDD     Y9, Y0, Y0
	VPADDD     Y7, Y9, Y9
	VMOVDQU    Y0, 4(DI)
	ADDQ       $32, SI
	ADDQ       $32, DI
	DECQ       CX
	JNZ        next
	VEXTRACTI128 $1, Y10, X0
	VPOR         X0, X10, X10
	VPSHUFD      $0x4E, X10, X0
	VPOR         X0, X10, X10
	VPSHUFD      $0xB1, X10, X0
	VPOR         X0, X10, X10
	VMOVD        X10, AX
	VZEROUPPER
	MOVL         AX, ret+16(FP)
	RET

// func placeAVX2(dst, deltas, starts *uint32, postings []uint8, bases *uint32) (n uint, highest uint32)
TEXT ·placeAVX2(SB), NOSPLIT, $0-68
	MOVQ         dst+0(FP), DI
	MOVQ         deltas+8(FP), SI
	MOVQ         starts+16(FP), BX
	MOVQ         postings_base+24(FP), R11
	MOVQ         postings_len+32(FP), CX
	MOVQ         bases+48(FP), R12
	XORQ         R13, R13            // highest
	MOVL         $7, AX
	VMOVD        AX, X8
	VPBROADCASTD X8, Y8
	TESTQ        CX, CX
	JZ           done

next:
	MOVBLZX      (R11), AX
	ANDL         $127, AX
	MOVL         (BX)(AX*4), R8
	MOVL         4(BX)(AX*4), R9
	SUBQ         R8, R9              // how many
	JZ           none
	LEAQ         (SI)(R8*4), R10
	VPBROADCASTD (R12), Y4
	MOVL         (R12), DX

eight:
	VMOVDQU    (R10), Y0
	VPSLLDQ    $4, Y0, Y5            // sums within each half
	VPADDD     Y5, Y0, Y0
	VPSLLDQ    $8, Y0, Y5
	VPADDD     Y5, Y0, Y0
	VPSHUFD    $0xFF, Y0, Y5         // that of the lower half to the upper one
	VPERM2I128 $0x08, Y5, Y5, Y6
	VPADDD     Y6, Y0, Y0
	VPADDD     Y4, Y0, Y0
	VMOVDQU    Y0, (DI)
	CMPQ       R9, $8
	JHI        more
	LEAQ       (DI)(R9*4), DI
	MOVL       -4(DI), AX            // the last one
	SUBL       DX, AX
	CMPL       AX, R13
	CMOVLHI    AX, R13

none:
	INCQ R11
	ADDQ $4, R12
	DECQ CX
	JNZ  next

done:
	VZEROUPPER
	SUBQ dst+0(FP), DI
	SHRQ $2, DI
	MOVQ DI, n+56(FP)
	MOVL R13, highest+64(FP)
	RET

more:
	VPERMD Y0, Y8, Y4
	ADDQ   $32, R10
	ADDQ   $32, DI
	SUBQ   $8, R9
	JMP    eight
