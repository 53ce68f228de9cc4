package dev.sluice.cli.text;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Blots out secrets in everything that is printed. It learns them as they become known; thread-safe.
 *
 * <p>Each secret is also known in the forms that it may take on its way: percent-encoded, with control characters made
 * visible, and line by line.
 */
public final class Redactor {
    /** What is shown in place of a secret. */
    public static final String MASK = "******";

    private static final int SHORTEST_ANYWHERE = 4;
    private static final int SHORTEST_LINE = 16;

    private final CopyOnWriteArrayList<String> secrets = new CopyOnWriteArrayList<>();

    /** Learns a secret. */
    public void add(String secret) {
        if (secret.isBlank()) {
            return;
        }
        learn(secret);
        learn(SafeText.of(secret));
        learn(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        learn(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
        secret.lines()
                .map(String::strip)
                .filter(line -> line.length() >= SHORTEST_LINE)
                .forEach(this::learn);
    }

    /** The text without any secret. */
    public String redact(String text) {
        String result = text;
        for (String secret : secrets) {
            result = secret.length() >= SHORTEST_ANYWHERE ? result.replace(secret, MASK) : replaceWord(result, secret);
        }
        return result;
    }

    private void learn(String form) {
        if (secrets.addIfAbsent(form)) {
            // Longer ones first, so that a secret that is part of another leaves no rest of that one.
            secrets.sort(Comparator.comparingInt(String::length).reversed());
        }
    }

    /** A very short secret is blotted out only where it stands alone, lest every text becomes unreadable. */
    private static String replaceWord(String text, String word) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length())) {
            int end = at + word.length();
            boolean alone = (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                    && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
            out.append(text, from, at).append(alone ? MASK : word);
            from = end;
        }
        return out.append(text, from, text.length()).toString();
    }
}
