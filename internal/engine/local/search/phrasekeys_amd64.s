#include "textflag.h"

// func matchWide(dst *uint32, keys, others []uint32, distance uint32, membersOf *[256][8]uint8) (n, i, j uint)
TEXT ·matchWide(SB), NOSPLIT, $0-96
	MOVQ         dst+0(FP), DI
	MOVQ         keys_base+8(FP), SI
	MOVQ         keys_len+16(FP), R8
	MOVQ         others_base+32(FP), DX
	MOVQ         others_len+40(FP), R9
	MOVL         distance+56(FP), R10
	MOVQ         membersOf+64(FP), BX
	VMOVD        R10, X15
	VPBROADCASTD X15, Y15
	XORQ         R11, R11      // in keys
	XORQ         R12, R12      // in others
	XORQ         R13, R13      // found
	SUBQ         $8, R8
	SUBQ         $8, R9
	JMP          check

next:
	// Each of eight keys with each of eight others, which are turned around seven times.
	VMOVDQU   (SI)(R11*4), Y0
	VPADDD    Y15, Y0, Y1
	VMOVDQU   (DX)(R12*4), Y2
	VPERMQ    $0x4E, Y2, Y6
	VPSHUFD   $0x39, Y2, Y3
	VPSHUFD   $0x4E, Y2, Y4
	VPSHUFD   $0x93, Y2, Y5
	VPSHUFD   $0x39, Y6, Y7
	VPSHUFD   $0x4E, Y6, Y8
	VPSHUFD   $0x93, Y6, Y9
	VPCMPEQD  Y1, Y2, Y2
	VPCMPEQD  Y1, Y3, Y3
	VPCMPEQD  Y1, Y4, Y4
	VPCMPEQD  Y1, Y5, Y5
	VPCMPEQD  Y1, Y6, Y6
	VPCMPEQD  Y1, Y7, Y7
	VPCMPEQD  Y1, Y8, Y8
	VPCMPEQD  Y1, Y9, Y9
	VPOR      Y3, Y2, Y2
	VPOR      Y5, Y4, Y4
	VPOR      Y7, Y6, Y6
	VPOR      Y9, Y8, Y8
	VPOR      Y4, Y2, Y2
	VPOR      Y8, Y6, Y6
	VPOR      Y6, Y2, Y2

	// The list of which the last of the eight is lower goes on. Of equal ones that is the
	// first list, whose keys may come again.
	MOVL  28(SI)(R11*4), CX
	ADDL  R10, CX
	XORL  AX, AX
	CMPL  CX, 28(DX)(R12*4)
	SETLS AX
	SHLL  $3, AX
	ADDQ  AX, R11
	XORL  $8, AX
	ADDQ  AX, R12

	VMOVMSKPS Y2, AX
	VPMOVZXBD (BX)(AX*8), Y3
	VPERMD    Y0, Y3, Y3
	VMOVDQU   Y3, (DI)(R13*4)
	POPCNTL   AX, AX
	ADDQ      AX, R13

check:
	CMPQ R11, R8
	JGT  done
	CMPQ R12, R9
	JLE  next

done:
	VZEROUPPER
	MOVQ R13, n+72(FP)
	MOVQ R11, i+80(FP)
	MOVQ R12, j+88(FP)
	RET
