package dev.sluice.server.oauth;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts with <code>{{ name | filter }}</code> in them, as declarative flows have them; nothing else is evaluated. */
final class FlowTemplate {
    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*(\\w+)\\s*((?:\\|\\s*\\w+\\s*)*)}}");

    private FlowTemplate() {}

    /**
     * The text with values in the place of names.
     *
     * @throws dev.sluice.spi.problem.ProblemException code {@code E_OAUTH_FLOW}, if it names what is not there
     */
    static String filled(String text, Map<String, String> values) {
        Matcher places = PLACE.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (places.find()) {
            String value = values.get(places.group(1));
            if (value == null) {
                throw wrong("it needs " + places.group(1) + ", which nobody has entered");
            }
            for (String filter : places.group(2).split("\\|", -1)) {
                value = filtered(value, filter.strip());
            }
            places.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        places.appendTail(filled);
        String whole = filled.toString();
        if (whole.contains("{{")) {
            throw wrong("it has a template of a kind that is not known here");
        }
        return whole;
    }

    /** True if a text asks for one of these names. */
    static boolean names(String text, String beginning) {
        Matcher places = PLACE.matcher(text);
        while (places.find()) {
            if (places.group(1).startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    private static String filtered(String value, String filter) {
        return switch (filter) {
            case "" -> value;
            case "urlencode" -> URLEncoder.encode(value, StandardCharsets.UTF_8);
            case "b64encode" -> Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
            case "codechallengeS256", "codeChallengeS256" ->
                Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(value));
            default -> throw wrong("it has a filter that is not known here: " + filter);
        };
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    static RuntimeException wrong(String why) {
        return Problem.of("E_OAUTH_FLOW", ProblemKind.CONFIG, "the connector's way to sign in cannot be gone")
                .because(why)
                .fix("enter the credentials by hand")
                .exception();
    }
}
