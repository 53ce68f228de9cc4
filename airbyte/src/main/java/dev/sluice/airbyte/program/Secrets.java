package dev.sluice.airbyte.program;

import dev.sluice.cdk.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The secrets in the configuration of a connector, which must not stand in its log or in its errors. Which options are secret only the
 * connector knows, so their names have to tell; a group with such a name is secret as a whole. Immutable.
 */
public final class Secrets {
    private static final Pattern NAME = Pattern.compile(
            "pass|secret|token|key|credential|private|auth|cert|signature|session|cookie|dsn|conn.*str");

    /** Shorter ones stand by chance in many words. */
    private static final int SHORTEST = 5;

    /** So that no part of one is left. */
    private static final Comparator<String> LONGEST_FIRST =
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());

    private final List<String> values;

    private Secrets(List<String> values) {
        this.values = values;
    }

    /** The secrets of a configuration in JSON. */
    public static Secrets of(String config) {
        TreeSet<String> found = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        visit(Json.read(config), false, found);
        return new Secrets(List.copyOf(found));
    }

    /** These and others. */
    Secrets and(Secrets others) {
        TreeSet<String> all = new TreeSet<>(LONGEST_FIRST);
        all.addAll(values);
        all.addAll(others.values);
        return new Secrets(List.copyOf(all));
    }

    private static void visit(@Nullable Object value, boolean secret, Set<String> found) {
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((name, each) -> visit(each, secret || isSecret(String.valueOf(name)), found));
            case List<?> list -> list.forEach(each -> visit(each, secret, found));
            case null -> {}
            case Boolean _ -> {}
            default -> {
                String text = String.valueOf(value);
                if (secret && text.length() >= SHORTEST) {
                    found.add(text);
                    found.add(inJson(text));
                }
            }
        }
    }

    private static boolean isSecret(String name) {
        return NAME.matcher(name.toLowerCase(Locale.ROOT)).find();
    }

    /** As it stands in a string of JSON. */
    private static String inJson(String text) {
        String quoted = Json.write(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    /** The text without secrets. */
    public String masked(String text) {
        String masked = text;
        for (String value : values) {
            masked = masked.replace(value, "****");
        }
        return masked;
    }

    /** The text without secrets; null if there is none. */
    public @Nullable String maskedOrNull(@Nullable String text) {
        return text == null ? null : masked(text);
    }
}
