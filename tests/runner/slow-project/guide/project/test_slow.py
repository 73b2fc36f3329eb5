import subprocess
import sys


def test_quick():
    print("x" * 10_000)


def test_slow():
    subprocess.run([sys.executable, "-c", "import time; time.sleep(600)"])
