#include "textflag.h"

// func closeSumsAVX2(sums, upSums, norms *sumBlock, floor uint64, found *foundSums) (hits, saturated uint64)
//
// Y0 = zeroes, Y1 = floor, Y2 = the greatest sum, Y3 = where a sum of upSums is
// that, Y4 = counts, Y9 = ones, each in sixteen places.
TEXT ·closeSumsAVX2(SB), NOSPLIT, $0-56
	MOVQ         sums+0(FP), SI
	MOVQ         upSums+8(FP), DI
	MOVQ         norms+16(FP), BX
	MOVQ         floor+24(FP), AX
	MOVQ         found+32(FP), DX
	VMOVD        AX, X1
	VPBROADCASTW X1, Y1
	VPXOR        Y0, Y0, Y0
	VPCMPEQW     Y2, Y2, Y2
	VPSRLW       $15, Y2, Y9
	VPSRLW       $1, Y2, Y2
	VPXOR        Y3, Y3, Y3
	VPXOR        Y4, Y4, Y4
	XORQ         R8, R8        // hits
	XORQ         R9, R9        // the group

next:
	VMOVDQU  (SI), Y5
	VPTEST   Y5, Y5
	JZ       done
	VPCMPGTW Y0, Y5, Y6        // -1 for each sum
	VPSUBW   Y6, Y4, Y4
	VPADDSW  (DI), Y5, Y7
	VMOVDQU  Y7, (DI)
	VPCMPEQW Y2, Y7, Y8
	VPOR     Y8, Y3, Y3
	VPMULHUW (BX), Y1, Y6      // what a sum must reach
	VPSUBUSW Y9, Y6, Y6
	VPMINUW  Y2, Y6, Y6
	VPCMPGTW Y6, Y5, Y6
	VPTEST   Y6, Y6
	JNZ      hit
	VMOVDQU  Y0, (SI)

done:
	ADDQ $32, SI
	ADDQ $32, DI
	ADDQ $32, BX
	INCQ R9
	CMPQ R9, $64
	JNE  next

	VPMOVMSKB Y3, AX
	MOVQ      AX, saturated+48(FP)
	MOVQ      R8, hits+40(FP)
	VMOVDQU   Y4, 128(DX)
	VZEROUPPER
	RET

hit:
	MOVW R9, (DX)(R8*2)
	INCQ R8
	JMP  done
