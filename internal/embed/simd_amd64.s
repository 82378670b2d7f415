#include "textflag.h"

// func addScaledWide(dst, src []float32, w float32)
TEXT ·addScaledWide(SB), NOSPLIT, $0-52
	MOVQ         dst_base+0(FP), DI
	MOVQ         dst_len+8(FP), CX
	MOVQ         src_base+24(FP), SI
	VBROADCASTSS w+48(FP), Y0
	SHRQ         $3, CX

next:
	VMULPS  (SI), Y0, Y1
	VADDPS  (DI), Y1, Y1
	VMOVUPS Y1, (DI)
	ADDQ    $32, SI
	ADDQ    $32, DI
	DECQ    CX
	JNZ     next
	VZEROUPPER
	RET

// func addCodesWide(dst *[Dims]float32, codes *[Dims]int8, w float32)
TEXT ·addCodesWide(SB), NOSPLIT, $0-20
	MOVQ         dst+0(FP), DI
	MOVQ         codes+8(FP), SI
	VBROADCASTSS w+16(FP), Y0
	MOVQ         $8, CX

next:
	VPMOVSXBD (SI), Y1
	VPMOVSXBD 8(SI), Y2
	VCVTDQ2PS Y1, Y1
	VCVTDQ2PS Y2, Y2
	VMULPS    Y0, Y1, Y1
	VMULPS    Y0, Y2, Y2
	VADDPS    (DI), Y1, Y1
	VADDPS    32(DI), Y2, Y2
	VMOVUPS   Y1, (DI)
	VMOVUPS   Y2, 32(DI)
	ADDQ      $16, SI
	ADDQ      $64, DI
	DECQ      CX
	JNZ       next
	VZEROUPPER
	RET

// The inner product of the query, which lies in Y8 to Y15 with 16 bits for each dimension,
// with the vector at offset(SI): eight sums of 32 bits in sum.
#define DOT(offset, sum) \
	VPMOVSXBW offset(SI), sum;        \
	VPMADDWD  Y8, sum, sum;           \
	VPMOVSXBW (offset+16)(SI), Y4;    \
	VPMADDWD  Y9, Y4, Y4;             \
	VPADDD    Y4, sum, sum;           \
	VPMOVSXBW (offset+32)(SI), Y5;    \
	VPMADDWD  Y10, Y5, Y5;            \
	VPADDD    Y5, sum, sum;           \
	VPMOVSXBW (offset+48)(SI), Y4;    \
	VPMADDWD  Y11, Y4, Y4;            \
	VPADDD    Y4, sum, sum;           \
	VPMOVSXBW (offset+64)(SI), Y5;    \
	VPMADDWD  Y12, Y5, Y5;            \
	VPADDD    Y5, sum, sum;           \
	VPMOVSXBW (offset+80)(SI), Y4;    \
	VPMADDWD  Y13, Y4, Y4;            \
	VPADDD    Y4, sum, sum;           \
	VPMOVSXBW (offset+96)(SI), Y5;    \
	VPMADDWD  Y14, Y5, Y5;            \
	VPADDD    Y5, sum, sum;           \
	VPMOVSXBW (offset+112)(SI), Y4;   \
	VPMADDWD  Y15, Y4, Y4;            \
	VPADDD    Y4, sum, sum

// func dotManyWide(q *[Dims]int8, column []int8, out []int32)
TEXT ·dotManyWide(SB), NOSPLIT, $0-56
	MOVQ      q+0(FP), AX
	MOVQ      column_base+8(FP), SI
	MOVQ      out_base+32(FP), DI
	MOVQ      out_len+40(FP), CX
	VPMOVSXBW (AX), Y8
	VPMOVSXBW 16(AX), Y9
	VPMOVSXBW 32(AX), Y10
	VPMOVSXBW 48(AX), Y11
	VPMOVSXBW 64(AX), Y12
	VPMOVSXBW 80(AX), Y13
	VPMOVSXBW 96(AX), Y14
	VPMOVSXBW 112(AX), Y15
	SHRQ      $2, CX

next:
	DOT(0, Y0)
	DOT(128, Y1)
	DOT(256, Y2)
	DOT(384, Y3)
	VPHADDD      Y1, Y0, Y0
	VPHADDD      Y3, Y2, Y2
	VPHADDD      Y2, Y0, Y0   // four sums in each half
	VEXTRACTI128 $1, Y0, X1
	VPADDD       X1, X0, X0
	VMOVDQU      X0, (DI)
	ADDQ         $512, SI
	ADDQ         $16, DI
	DECQ         CX
	JNZ          next
	VZEROUPPER
	RET

// func dotPaddedWide(q, column []int8, out []int32)
TEXT ·dotPaddedWide(SB), NOSPLIT, $0-72
	MOVQ q_base+0(FP), AX
	MOVQ q_len+8(FP), BX
	MOVQ column_base+24(FP), SI
	MOVQ out_base+48(FP), DI
	MOVQ out_len+56(FP), CX

nextVector:
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	XORQ  DX, DX

nextPart:
	VPMOVSXBW (AX)(DX*1), Y2
	VPMOVSXBW 16(AX)(DX*1), Y3
	VPMOVSXBW (SI)(DX*1), Y4
	VPMOVSXBW 16(SI)(DX*1), Y5
	VPMADDWD  Y2, Y4, Y4
	VPMADDWD  Y3, Y5, Y5
	VPADDD    Y4, Y0, Y0
	VPADDD    Y5, Y1, Y1
	ADDQ      $32, DX
	CMPQ      DX, BX
	JLT       nextPart

	VPADDD       Y1, Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	VPADDD       X1, X0, X0
	VPHADDD      X0, X0, X0
	VPHADDD      X0, X0, X0
	VMOVD        X0, (DI)
	ADDQ         BX, SI
	ADDQ         $4, DI
	DECQ         CX
	JNZ          nextVector
	VZEROUPPER
	RET
