package dev.sluice.connector.file.destination.place;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/**
 * Turns names of any kind into names of files and folders that every file system takes, and that no shell, glob or reader
 * of partitions takes for something else.
 *
 * <p>Letters, digits and a few signs stay; anything else becomes {@code %} and the hexadecimal digits of its UTF-8 bytes,
 * so that two names never become one. A name that is too long keeps its beginning and gets {@code ~} and a digest.
 */
public final class PathNames {
    private static final int MAX_BYTES = 200;
    private static final int DIGEST_DIGITS = 12;
    private static final String PLAIN_SIGNS = "-_. +@()";

    /** Names that Windows keeps for devices, whatever extension they have. */
    private static final Set<String> DEVICES = Set.of(
            "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
            "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    private PathNames() {}

    /** The name of a file or folder that stands for a name. */
    public static String encode(String name) {
        boolean stable = Normalizer.isNormalized(name, Normalizer.Form.NFC);
        StringBuilder out = new StringBuilder(name.length() + 16);
        int at = 0;
        while (at < name.length()) {
            int character = name.codePointAt(at);
            int next = at + Character.charCount(character);
            boolean edge = at == 0 || next == name.length();
            boolean plain = character < 128 ? isPlainAscii(character, at == 0, edge) : stable && isPlain(character);
            if (plain) {
                out.appendCodePoint(character);
            } else {
                escape(out, name.substring(at, next));
            }
            at = next;
        }
        String stem = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        if (DEVICES.contains(stem.toLowerCase(Locale.ROOT))) {
            String first = out.substring(0, 1);
            out.deleteCharAt(0);
            StringBuilder escaped = new StringBuilder();
            escape(escaped, first);
            out.insert(0, escaped);
        }
        return shortened(out.toString(), name);
    }

    /** A leading dot or underscore hides a file from many readers, a trailing dot or blank gets lost on Windows. */
    private static boolean isPlainAscii(int character, boolean first, boolean edge) {
        if (Character.isLetterOrDigit(character)) {
            return true;
        }
        return switch (character) {
            case '_' -> !first;
            case '.', ' ' -> !edge;
            default -> PLAIN_SIGNS.indexOf(character) >= 0;
        };
    }

    private static boolean isPlain(int character) {
        return Character.isLetterOrDigit(character);
    }

    private static void escape(StringBuilder out, String character) {
        for (byte each : character.getBytes(StandardCharsets.UTF_8)) {
            out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
        }
    }

    private static String shortened(String encoded, String name) {
        if (encoded.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES) {
            return encoded;
        }
        StringBuilder head = new StringBuilder();
        int bytes = 0;
        int room = MAX_BYTES - DIGEST_DIGITS - 1;
        int at = 0;
        while (at < encoded.length()) {
            // An escape is kept whole or not at all.
            int end = encoded.charAt(at) == '%' ? at + 3 : at + Character.charCount(encoded.codePointAt(at));
            String piece = encoded.substring(at, end);
            bytes += piece.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > room) {
                break;
            }
            head.append(piece);
            at = end;
        }
        return head.append('~').append(digest(name)).toString();
    }

    /** A digest that names things; not for security. */
    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGEST_DIGITS);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
