package dev.sluice.cli.text;

import java.util.Locale;

/**
 * Makes text from outside harmless for a terminal: escape sequences, control characters and marks that change the
 * direction of writing are shown as codes, line breaks become blanks.
 */
public final class SafeText {
    /** First and last point of the blocks that Unicode's East Asian Width (UAX 11) calls wide, without rare ones. */
    private static final int[] WIDE = {
        0x1100, 0x115F, 0x2E80, 0xA4CF, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F, 0xFF00, 0xFF60, 0xFFE0, 0xFFE6,
        0x1F300, 0x1FAFF, 0x20000, 0x3FFFD
    };

    private SafeText() {}

    /** The text as one line without anything that a terminal would obey. */
    public static String of(String text) {
        int i = 0;
        while (i < text.length() && isHarmless(text.charAt(i))) {
            i++;
        }
        return i == text.length() ? text : cleaned(text);
    }

    /** The number of cells that a text takes in a terminal. */
    public static int width(String text) {
        return text.codePoints().map(SafeText::width).sum();
    }

    /** The longest beginning of a text that takes at most this many cells. */
    static String beginning(String text, int cells) {
        int used = 0;
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            used += width(point);
            if (used > cells) {
                break;
            }
            end += Character.charCount(point);
        }
        return text.substring(0, end);
    }

    private static String cleaned(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (point == '\n' || point == '\r' || point == '\t') {
                boolean wanted = !out.isEmpty()
                        && out.charAt(out.length() - 1) != ' '
                        && !text.substring(i).isBlank();
                out.append(wanted ? " " : "");
            } else if (isDangerous(point)) {
                out.append(point <= 0xFF ? "\\x" : "\\u")
                        .append(String.format(Locale.ROOT, point <= 0xFF ? "%02x" : "%04x", point));
            } else {
                out.appendCodePoint(point);
            }
        }
        return out.toString();
    }

    private static boolean isHarmless(char c) {
        return (c >= ' ' && c < 0x7F) || (c > 0x9F && c < 0x0300 && c != 0xAD);
    }

    private static boolean isDangerous(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            // Joiners of emoji and scripts stay; marks that turn the direction or hide text do not.
            case Character.FORMAT -> point != 0x200D && point != 0x200C;
            default -> false;
        };
    }

    private static int width(int point) {
        if (point < 0x0300) {
            return 1;
        }
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(point) ? 2 : 1;
        };
    }

    private static boolean isWide(int point) {
        for (int i = 0; i < WIDE.length; i += 2) {
            if (point < WIDE[i]) {
                return false;
            }
            if (point <= WIDE[i + 1]) {
                return true;
            }
        }
        return false;
    }
}
