package dev.sluice.server.store;

/**
 * Texts as columns hold them. PostgreSQL has no U+0000 in a text, so one with it gets a mark in front and an escape in its
 * place; the same in both databases, and nothing for all other texts.
 */
final class Texts {
    private static final char MARK = '\u0001';
    private static final char ESCAPE = '\u0002';

    private Texts() {}

    static String kept(String text) {
        if (text.indexOf('\0') < 0 && !text.startsWith(String.valueOf(MARK))) {
            return text;
        }
        StringBuilder kept = new StringBuilder().append(MARK);
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            switch (each) {
                case '\0' -> kept.append(ESCAPE).append('0');
                case ESCAPE -> kept.append(ESCAPE).append(ESCAPE);
                default -> kept.append(each);
            }
        }
        return kept.toString();
    }

    static String read(String kept) {
        if (!kept.startsWith(String.valueOf(MARK))) {
            return kept;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < kept.length(); i++) {
            char each = kept.charAt(i);
            if (each == ESCAPE) {
                i++;
                text.append(kept.charAt(i) == '0' ? '\0' : ESCAPE);
            } else {
                text.append(each);
            }
        }
        return text.toString();
    }
}
