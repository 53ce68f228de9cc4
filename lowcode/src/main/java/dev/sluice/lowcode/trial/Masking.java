package dev.sluice.lowcode.trial;

import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Values;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides secrets: by their values, wherever they appear, and by the names of headers, parameters and fields that hold some. It learns
 * more of them while it sees what is sent. Thread-safe.
 */
public final class Masking {
    /** What stands for a secret. */
    public static final String MASK = "**********";

    /** What is shorter appears by chance; where it has a name of its own it is masked all the same. */
    private static final int SHORTEST = 4;

    private static final Pattern SCHEME = Pattern.compile("(?i)(bearer|basic|token|digest|apikey) (.+)");
    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i).*(authorization|cookie|token|secret|api[-_]?key|passw(or)?d|signature|credential|session|jwt).*");
    private static final Pattern PAGE_NAME = Pattern.compile("(?i).*(page|next|continuation|sync|cursor).*");
    private static final Set<String> FIELDS = Set.of(
            "accesstoken",
            "refreshtoken",
            "idtoken",
            "authtoken",
            "apitoken",
            "bearertoken",
            "sessiontoken",
            "apikey",
            "xapikey",
            "clientsecret",
            "secret",
            "password",
            "passwd",
            "assertion",
            "clientassertion",
            "signature",
            "authorization",
            "privatekey");
    private static final Pattern MEMBER = Pattern.compile("(\"([A-Za-z0-9_.-]+)\"\\s*:\\s*\")((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern PAIR = Pattern.compile("(?<=^|[?&])([^=&#?]+)=([^&#]*)");

    private final Set<String> secrets = ConcurrentHashMap.newKeySet();

    /**
     * What hides the secrets of a configuration.
     *
     * @param spec the options as a JSON schema, which says what is secret
     * @param config the configuration
     */
    public Masking(Object spec, Object config) {
        learn(spec, config);
    }

    /** Learns the secrets of another configuration. */
    public void learn(Object spec, Object config) {
        if (Values.truthy(Values.member(spec, "airbyte_secret"))) {
            all(config);
            return;
        }
        for (String choice : List.of("oneOf", "anyOf", "allOf")) {
            if (Values.member(spec, choice) instanceof List<?> several) {
                Values.asList(several).forEach(each -> learn(each, config));
            }
        }
        if (config instanceof Map<?, ?> map) {
            Values.asMap(map).forEach((name, value) -> {
                Object member = Values.member(Values.member(spec, "properties"), Values.str(name));
                if (value instanceof String text && isField(Values.str(name))) {
                    learn(text);
                }
                learn(member, value);
            });
        } else if (config instanceof List<?> list) {
            Values.asList(list).forEach(each -> learn(Values.member(spec, "items"), each));
        }
    }

    private void all(Object value) {
        switch (value) {
            case Map<?, ?> map -> Values.asMap(map).values().forEach(this::all);
            case List<?> list -> Values.asList(list).forEach(this::all);
            case String text -> learn(text);
            default -> {
                if (Values.isNumber(value)) {
                    learn(Values.str(value));
                }
            }
        }
    }

    /** Hides a text from now on. */
    public void learn(String secret) {
        String text = secret.strip();
        if (text.length() >= SHORTEST && !text.equals(MASK)) {
            secrets.add(text);
        }
    }

    /** A configuration as it may be kept: its secrets masked. */
    public static Object config(Object spec, Object config) {
        if (Values.truthy(Values.member(spec, "airbyte_secret"))) {
            return MASK;
        }
        Object masked = config;
        for (String choice : List.of("oneOf", "anyOf", "allOf")) {
            if (Values.member(spec, choice) instanceof List<?> several) {
                for (Object each : Values.asList(several)) {
                    masked = config(each, masked);
                }
            }
        }
        return switch (masked) {
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new LinkedHashMap<>();
                Values.asMap(map).forEach((name, value) -> {
                    String key = Values.str(name);
                    Object inside = config(Values.member(Values.member(spec, "properties"), key), value);
                    copy.put(name, inside instanceof String && isField(key) ? MASK : inside);
                });
                yield copy;
            }
            case List<?> list ->
                Values.asList(list).stream()
                        .map(each -> config(Values.member(spec, "items"), each))
                        .toList();
            default -> masked;
        };
    }

    private static boolean isField(String name) {
        return FIELDS.contains(name.toLowerCase(Locale.ROOT).replaceAll("[-_.]", ""));
    }

    private static boolean isHeader(String name) {
        return SECRET_NAME.matcher(name).matches() && !PAGE_NAME.matcher(name).matches();
    }

    /** Learns what a request proves itself by, so that it is hidden elsewhere too. */
    void look(Map<String, String> headers) {
        headers.forEach((name, value) -> {
            if (isHeader(name)) {
                Matcher scheme = SCHEME.matcher(value);
                learn(scheme.matches() ? scheme.group(2) : value);
            }
        });
    }

    /** Headers without secrets. */
    Map<String, String> headers(Map<String, String> headers) {
        Map<String, String> masked = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            Matcher scheme = SCHEME.matcher(value);
            masked.put(name, !isHeader(name) ? text(value) : scheme.matches() ? scheme.group(1) + " " + MASK : MASK);
        });
        return masked;
    }

    /** An address, or the content of a form, without secrets. */
    public String address(String url) {
        return text(PAIR.matcher(url)
                .replaceAll(pair -> Matcher.quoteReplacement(
                        isField(pair.group(1)) && !pair.group(2).isEmpty()
                                ? pair.group(1) + "=" + MASK
                                : pair.group())));
    }

    /** A content without secrets. */
    String content(String body) {
        boolean json = body.startsWith("{") || body.startsWith("[");
        return json ? members(body, false) : address(body);
    }

    /** The answer to somebody who proved who they are, without what they got for it. */
    String proof(String body) {
        return members(body, true);
    }

    private String members(String body, boolean all) {
        return text(MEMBER.matcher(body).replaceAll(member -> Matcher.quoteReplacement(member(member, all))));
    }

    private String member(MatchResult member, boolean all) {
        String name = member.group(2);
        boolean hidden = isField(name) || (all && (isHeader(name) || name.equalsIgnoreCase("id")));
        boolean isKind = name.equalsIgnoreCase("token_type");
        if (!hidden || isKind || member.group(3).isEmpty()) {
            return member.group();
        }
        if (!name.equalsIgnoreCase("id")) {
            learn(member.group(3));
        }
        return member.group(1) + MASK + "\"";
    }

    /** A text without secrets. */
    public String text(String text) {
        String masked = text;
        for (String secret : secrets.stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList()) {
            // Where only digits stand a number is meant, which has to stay one.
            String mask = secret.chars().allMatch(Character::isDigit) ? "9".repeat(secret.length()) : MASK;
            masked = masked.replace(secret, mask);
            String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
            if (!encoded.equals(secret)) {
                masked = masked.replace(encoded, mask).replace(encoded.replace("+", "%20"), mask);
            }
            String quoted = JsonValues.write(secret);
            if (quoted.length() > secret.length() + 2) {
                masked = masked.replace(quoted.substring(1, quoted.length() - 1), mask);
            }
        }
        return masked.replace("%2A%2A%2A%2A%2A%2A%2A%2A%2A%2A", MASK);
    }
}
