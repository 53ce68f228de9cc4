package dev.sluice.connector.file.destination.excel;

import dev.sluice.cdk.text.ByteSink;

/** Texts in cells: what XML cannot have is written as Excel does, as {@code _x0007_}. */
final class ExcelText {
    /** The most characters of a cell; those beyond the first 65536 of Unicode count twice. */
    static final int MOST_CHARACTERS = 32_767;

    private static final String HEX = "0123456789ABCDEF";

    private ExcelText() {}

    /** True if a cell can hold a text in UTF-8. */
    static boolean fits(byte[] utf8, int from, int to) {
        if (to - from <= MOST_CHARACTERS) {
            return true;
        }
        int characters = 0;
        for (int i = from; i < to && characters <= MOST_CHARACTERS; i++) {
            int lead = utf8[i] & 0xFF;
            characters += lead < 0x80 || lead >= 0xC0 ? 1 : 0;
            characters += lead >= 0xF0 ? 1 : 0;
        }
        return characters <= MOST_CHARACTERS;
    }

    /** Writes the rest of a cell that holds a text. */
    static void cell(byte[] utf8, int from, int to, ByteSink out) {
        out.put(" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
        for (int i = from; i < to; i++) {
            byte each = utf8[i];
            switch (each) {
                case '&' -> out.put("&amp;");
                case '<' -> out.put("&lt;");
                case '>' -> out.put("&gt;");
                case '\t', '\n' -> out.put(each);
                case '_' -> {
                    if (looksEscaped(utf8, i, to)) {
                        out.put("_x005F");
                    }
                    out.put(each);
                }
                default -> {
                    boolean noCharacter = isNoCharacter(utf8, i, to);
                    if (noCharacter) {
                        out.put("_xFFF" + HEX.charAt((utf8[i + 2] & 0xF)) + "_");
                        i += 2;
                    } else if (each >= 0 && each < ' ') {
                        out.put("_x00" + HEX.charAt(each >> 4) + HEX.charAt(each & 0xF) + "_");
                    } else {
                        out.put(each);
                    }
                }
            }
        }
        out.put("</t></is></c>");
    }

    /** True for U+FFFE and U+FFFF. */
    private static boolean isNoCharacter(byte[] utf8, int at, int to) {
        return at + 2 < to
                && (utf8[at] & 0xFF) == 0xEF
                && (utf8[at + 1] & 0xFF) == 0xBF
                && (utf8[at + 2] & 0xFF) >= 0xBE;
    }

    private static boolean looksEscaped(byte[] utf8, int at, int to) {
        if (at + 6 >= to || utf8[at + 1] != 'x' || utf8[at + 6] != '_') {
            return false;
        }
        for (int i = at + 2; i < at + 6; i++) {
            if (Character.digit(utf8[i], 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
