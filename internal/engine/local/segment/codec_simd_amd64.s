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

// The last document of each 16 of a block.
DATA ·pivots<>+0(SB)/4, $15
DATA ·pivots<>+4(SB)/4, $31
DATA ·pivots<>+8(SB)/4, $47
DATA ·pivots<>+12(SB)/4, $63
DATA ·pivots<>+16(SB)/4, $79
DATA ·pivots<>+20(SB)/4, $95
DATA ·pivots<>+24(SB)/4, $111
DATA ·pivots<>+28(SB)/4, $127
GLOBL ·pivots<>(SB), RODATA|NOPTR, $32

// func intersectAVX2(block *[BlockSize]uint32, docs []uint32, firstIndex uint, docIndexes *uint16, blockIndexes *uint8) uint
TEXT ·intersectAVX2(SB), NOSPLIT, $0-64
	MOVQ       block+0(FP), BX
	MOVQ       docs_base+8(FP), SI
	MOVQ       docs_len+16(FP), CX
	MOVQ       firstIndex+32(FP), DX
	MOVQ       docIndexes+40(FP), DI
	MOVQ       blockIndexes+48(FP), R11
	XORQ       R12, R12 // found so far
	VMOVDQU    ·pivots<>(SB), Y5
	VPCMPEQD   Y6, Y6, Y6
	VPXOR      Y1, Y1, Y1
	VPGATHERDD Y6, (BX)(Y5*4), Y1
	TESTQ      CX, CX
	JZ         done

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
