; A program of Windows that stands in for another one (fasm): adds its command line to C:\calls.txt, and ends with the first
; 32-bit number of the file NAME.EXE.codes beside it, which it takes out unless it is the last one; without that file with 0.
format PE64 console 6.0
entry start

section '.text' code readable executable
start:
        sub     rsp, 0x48
        call    [GetCommandLineA]
        mov     r12, rax
        xor     r13d, r13d
length:
        cmp     byte [r12 + r13], 0
        je      record
        inc     r13d
        jmp     length
record:
        lea     rcx, [calls]
        mov     edx, 4                  ; FILE_APPEND_DATA
        call    open
        mov     r14, rax
        mov     rcx, rax
        mov     rdx, r12
        mov     r8d, r13d
        call    write
        mov     rcx, r14
        lea     rdx, [line_end]
        mov     r8d, 2
        call    write
        mov     rcx, r14
        call    [CloseHandle]

        xor     ecx, ecx
        lea     rdx, [path]
        mov     r8d, 260
        call    [GetModuleFileNameA]
        lea     rdx, [path]
        mov     rcx, '.codes'
        mov     [rdx + rax], rcx        ; eight bytes, the last two of them zero
        lea     rcx, [path]
        mov     edx, 0xC0000000         ; GENERIC_READ or GENERIC_WRITE
        call    open
        mov     r14, rax
        mov     rcx, rax
        lea     rdx, [codes]
        mov     r8d, 256
        lea     r9, [count]
        mov     qword [rsp + 0x20], 0
        call    [ReadFile]
        mov     r13d, [count]
        sub     r13d, 4
        jle     finish
        mov     rcx, r14
        xor     edx, edx
        xor     r8d, r8d
        xor     r9d, r9d
        call    [SetFilePointer]
        mov     rcx, r14
        lea     rdx, [codes + 4]
        mov     r8d, r13d
        call    write
        mov     rcx, r14
        call    [SetEndOfFile]
finish:
        mov     rcx, r14
        call    [CloseHandle]
        mov     ecx, [codes]
        call    [ExitProcess]

; rcx: path, edx: access
open:
        sub     rsp, 0x48
        mov     r8d, 7                  ; others may do anything meanwhile
        xor     r9d, r9d
        mov     dword [rsp + 0x20], 4   ; OPEN_ALWAYS
        mov     dword [rsp + 0x28], 0x80
        mov     qword [rsp + 0x30], 0
        call    [CreateFileA]
        add     rsp, 0x48
        ret

; rcx: file, rdx: bytes, r8d: their count
write:
        sub     rsp, 0x38
        lea     r9, [count]
        mov     qword [rsp + 0x20], 0
        call    [WriteFile]
        add     rsp, 0x38
        ret

section '.data' data readable writeable
calls     db 'C:\calls.txt', 0
line_end  db 13, 10
count     dd 0
codes     dd 64 dup 0
path      db 280 dup 0

section '.idata' import data readable writeable
          dd 0, 0, 0, rva kernel_name, rva kernel_table
          dd 0, 0, 0, 0, 0
kernel_table:
GetCommandLineA    dq rva name1
CreateFileA        dq rva name2
WriteFile          dq rva name3
ReadFile           dq rva name4
CloseHandle        dq rva name5
GetModuleFileNameA dq rva name6
SetFilePointer     dq rva name7
SetEndOfFile       dq rva name8
ExitProcess        dq rva name9
                   dq 0
kernel_name db 'KERNEL32.DLL', 0
name1 db 0, 0, 'GetCommandLineA', 0
name2 db 0, 0, 'CreateFileA', 0
name3 db 0, 0, 'WriteFile', 0
name4 db 0, 0, 'ReadFile', 0
name5 db 0, 0, 'CloseHandle', 0
name6 db 0, 0, 'GetModuleFileNameA', 0
name7 db 0, 0, 'SetFilePointer', 0
name8 db 0, 0, 'SetEndOfFile', 0
name9 db 0, 0, 'ExitProcess', 0
