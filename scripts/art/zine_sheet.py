#!/usr/bin/env python3
"""Write fold-a-zine.pdf of the example site: one A4 sheet, eight panels, one cut. Standard library only.

    python zine_sheet.py [FILE]
"""
import sys
from pathlib import Path

W, H = 842, 595                     # A4 on its side, in points
PANELS = [("5", 180), ("4", 180), ("3", 180), ("2", 180), ("6", 0), ("7", 0), ("back", 0), ("front", 0)]


def text(x, y, size, words, turned=False):
    wide = size * 0.5 * len(words)
    matrix = f"-1 0 0 -1 {x + wide / 2:.1f} {y:.1f}" if turned else f"1 0 0 1 {x - wide / 2:.1f} {y:.1f}"
    return f"BT /F {size} Tf {matrix} Tm ({words}) Tj ET"


def drawing():
    w, h = W / 4, H / 2
    lines = ["0.12 0.31 0.37 RG 0.8 w [5 4] 0 d"]
    lines += [f"{w * i:.1f} 0 m {w * i:.1f} {H} l S" for i in (1, 2, 3)]
    lines += [f"0 {h} m {w:.1f} {h} l S", f"{w * 3:.1f} {h} m {W} {h} l S"]
    lines += ["0.60 0.23 0.12 RG 2.4 w [] 0 d", f"{w:.1f} {h} m {w * 3:.1f} {h} l S", "0.60 0.23 0.12 rg"]
    for i, (name, turn) in enumerate(PANELS):
        x, y = w * (i % 4 + 0.5), h * (1.5 - i // 4)
        lines.append(text(x, y, 30 if len(name) == 1 else 20, name, turned=bool(turn)))
    lines += ["0.12 0.31 0.37 rg", text(W / 2, h + 8, 9, "cut here, fold on the dashes / hier schneiden, an den Strichen falten")]
    return "\n".join(lines)


def pdf():
    stream = drawing()
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {W} {H}] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>",
        "<< /Title (Fold your own zine) >>",
    ]
    out, places = "%PDF-1.4\n", []
    for i, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{i} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{p:010} 00000 n \n" for p in places)
    return (f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
            f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{len(out)}\n%%EOF\n")


if __name__ == "__main__":
    here = Path(__file__).resolve().parents[2] / "example-site" / "media" / "fold-a-zine.pdf"
    Path(sys.argv[1] if len(sys.argv) > 1 else here).write_bytes(pdf().encode("ascii"))
