package dev.sluice.server.runs;

import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.runtime.Config;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes the secrets of a run out of whatever it tells. */
final class Redactor {
    private static final String MASK = "**********";

    /** Shorter ones stand in every second word; they are not worth the name. */
    private static final int SHORTEST = 4;

    private volatile List<String> secrets;

    private Redactor(Collection<String> secrets) {
        this.secrets = sorted(secrets);
    }

    /** The longest first, so that no part of one is left. */
    private static List<String> sorted(Collection<String> secrets) {
        return secrets.stream()
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** Knows these from now on, too. */
    void learn(Collection<String> more) {
        List<String> all = new ArrayList<>(secrets);
        all.addAll(more);
        secrets = sorted(all);
    }

    /** Knows whatever a run is told that is not kept in the clear. */
    static Set<String> secrets(Json kept, Config told) {
        Set<String> secrets = new LinkedHashSet<>();
        collect(JsonText.read(kept.text()), told.values(), secrets);
        return secrets;
    }

    static Redactor of(Collection<String> secrets) {
        return new Redactor(secrets);
    }

    private static void collect(@Nullable Object kept, @Nullable Object told, Set<String> secrets) {
        switch (told) {
            case null -> {}
            case Map<?, ?> map ->
                map.forEach((name, value) ->
                        collect(kept instanceof Map<?, ?> same ? same.get(name) : null, value, secrets));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    collect(kept instanceof List<?> same && i < same.size() ? same.get(i) : null, list.get(i), secrets);
                }
            }
            case String text -> {
                if (!text.equals(kept) && text.length() >= SHORTEST) {
                    secrets.add(text);
                    secrets.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
                    text.lines()
                            .map(String::strip)
                            .filter(line -> line.length() >= 16)
                            .forEach(secrets::add);
                }
            }
            default -> {}
        }
    }

    String redact(String text) {
        String result = text;
        for (String secret : secrets) {
            result = result.replace(secret, MASK);
        }
        return result;
    }

    Problem redact(Problem problem) {
        return new Problem(
                problem.code(),
                problem.kind(),
                redact(problem.message()),
                shown(problem.where()),
                shown(problem.why()),
                shown(problem.fix()));
    }

    private @Nullable String shown(@Nullable String text) {
        return text == null ? null : redact(text);
    }
}
