"""Runs a program on a terminal of its own, of 80 columns: stdin is what is typed, stdout what is on the screen.

python3 terminal.py PROGRAM ARGUMENT...  Ends with the program's exit code, as a shell reports it.
"""
import fcntl
import os
import pty
import selectors
import struct
import sys
import termios

child, screen = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    os.execvp(sys.argv[1], sys.argv[1:])

selector = selectors.DefaultSelector()
selector.register(screen, selectors.EVENT_READ)
selector.register(0, selectors.EVENT_READ)
while True:
    ready = [key.fd for key, _ in selector.select()]
    if screen in ready:
        try:
            shown = os.read(screen, 65536)
        except OSError:  # EIO: the last program on this terminal has ended (Linux)
            shown = b""
        if not shown:
            break
        os.write(1, shown)
    if 0 in ready:
        typed = os.read(0, 65536)
        if typed:
            os.write(screen, typed)
        else:
            selector.unregister(0)

code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
sys.exit(code if code >= 0 else 128 - code)
