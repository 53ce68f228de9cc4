package dev.sluice.server.oauth;

import dev.sluice.server.json.JsonText;
import dev.sluice.server.net.EgressGuard;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A way to sign in as a connector describes it: {@code advanced_auth} with {@code oauth_connector_input_specification}. */
final class Flow {
    /** What has a name of its own in a request, a value, and stands there as one parameter. */
    private static final List<String> NAMED =
            List.of("client_id", "client_secret", "scope", "state", "redirect_uri", "auth_code");

    /** Nobody guesses that much within a quarter of an hour, whatever a connector asks for. */
    private static final int LEAST_STATE = 16;

    /** It may serve as the verifier of PKCE too, which has 43 to 128 signs (RFC 7636, 4.1). */
    private static final int USUAL_STATE = 43;

    private static final int MOST_STATE = 128;

    private final Map<String, @Nullable Object> specification;
    private final Map<String, @Nullable Object> input;

    private Flow(Map<String, @Nullable Object> specification, Map<String, @Nullable Object> input) {
        this.specification = specification;
        this.input = input;
    }

    /** That of a connector; empty if it describes none that can be gone here. */
    static Optional<Flow> of(@Nullable Object advancedAuth) {
        Map<String, @Nullable Object> specification = group(group(advancedAuth).get("oauth_config_specification"));
        Map<String, @Nullable Object> input = group(specification.get("oauth_connector_input_specification"));
        return input.get("consent_url") instanceof String && input.get("access_token_url") instanceof String
                ? Optional.of(new Flow(specification, input))
                : Optional.empty();
    }

    /** How long the text may be that tells answers apart; a service may demand it. */
    int stateLength() {
        Map<String, @Nullable Object> limits = group(input.get("state"));
        int most = limits.get("max") instanceof Number max
                ? Math.clamp(max.longValue(), LEAST_STATE, MOST_STATE)
                : MOST_STATE;
        int least =
                limits.get("min") instanceof Number min ? Math.clamp(min.longValue(), LEAST_STATE, most) : LEAST_STATE;
        return Math.clamp(USUAL_STATE, least, most);
    }

    /** What the form of the connector tells the flow, by the names that the flow has for it. */
    Map<String, String> entered(Map<String, @Nullable Object> configuration) {
        Map<String, String> entered = new LinkedHashMap<>();
        Map<String, @Nullable Object> wanted =
                group(group(specification.get("oauth_user_input_from_connector_config_specification"))
                        .get("properties"));
        wanted.forEach((name, told) -> {
            Object value = at(configuration, path(group(told).get("path_in_connector_config"), name));
            if (value != null) {
                entered.put(name, String.valueOf(value));
            }
        });
        return entered;
    }

    /**
     * The names and values of a request.
     *
     * @param known what is known of them: {@code client_id}, {@code state} and so on, and what was entered
     */
    Map<String, String> values(Map<String, String> known) {
        Map<String, String> values = new LinkedHashMap<>(known);
        if (!known.containsKey("scope")) {
            values.put("scope", scope());
        }
        for (String name : NAMED) {
            String key =
                    input.get(name + "_key") instanceof String told ? told : name.equals("auth_code") ? "code" : name;
            values.put(name + "_key", key);
            String value = values.get(name);
            if (value != null) {
                values.put(name + "_value", value);
                values.put(name + "_param", key + "=" + encoded(value));
            }
        }
        values.put("scopes_value", String.valueOf(values.get("scope")));
        values.put("scopes_param", String.valueOf(values.get("scope_param")));
        values.put("scopes_key", String.valueOf(values.get("scope_key")));
        return values;
    }

    private String scope() {
        if (input.get("scope") instanceof String scope) {
            return scope;
        }
        String between =
                switch (String.valueOf(input.get("scopes_join_strategy")).toLowerCase(Locale.ROOT)) {
                    case "comma" -> ",";
                    case "plus" -> "+";
                    default -> " ";
                };
        return input.get("scopes") instanceof List<?> scopes
                ? scopes.stream()
                        .map(each ->
                                each instanceof Map<?, ?> map ? String.valueOf(map.get("scope")) : String.valueOf(each))
                        .collect(Collectors.joining(between))
                : "";
    }

    /** Where somebody is sent to give their consent. */
    URI consent(Map<String, String> values) {
        return address(FlowTemplate.filled(String.valueOf(input.get("consent_url")), values));
    }

    /** A scope or a name that was put in as it is may have blanks in it. */
    private static URI address(String text) {
        return EgressGuard.parse(text.strip().replace(" ", "%20"));
    }

    /**
     * How the code is exchanged.
     *
     * @param uri where
     * @param content what is sent
     * @param headers what else is said
     */
    record Exchange(URI uri, String content, Map<String, String> headers) {
        /** Without what is secret. */
        @Override
        public String toString() {
            return "exchange at " + uri.getHost();
        }
    }

    Exchange exchange(Map<String, String> values) {
        String url = String.valueOf(input.get("access_token_url"));
        Map<String, String> headers = filled(input.get("access_token_headers"), values);
        boolean isJson = headers.entrySet().stream()
                .anyMatch(header -> header.getKey().equalsIgnoreCase("content-type")
                        && header.getValue().contains("json"));
        if (headers.keySet().stream().noneMatch("content-type"::equalsIgnoreCase)) {
            headers.put("Content-Type", "application/x-www-form-urlencoded");
        }
        headers.put("Accept", "application/json");
        Map<String, String> parameters = filled(input.get("access_token_params"), values);
        if (parameters.isEmpty() && !FlowTemplate.names(url, "auth_code")) {
            parameters = usual(values);
        }
        String content = isJson
                ? JsonText.write(parameters)
                : parameters.entrySet().stream()
                        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                        .collect(Collectors.joining("&"));
        return new Exchange(address(FlowTemplate.filled(url, values)), content, headers);
    }

    /** What the standard of OAuth sends. */
    private static Map<String, String> usual(Map<String, String> values) {
        Map<String, String> usual = new LinkedHashMap<>();
        usual.put("grant_type", "authorization_code");
        for (String name : List.of("client_id", "client_secret", "redirect_uri", "auth_code")) {
            String value = values.get(name);
            if (value != null) {
                usual.put(String.valueOf(values.get(name + "_key")), value);
            }
        }
        return usual;
    }

    private static Map<String, String> filled(@Nullable Object told, Map<String, String> values) {
        Map<String, String> filled = new LinkedHashMap<>();
        group(told)
                .forEach((name, value) -> filled.put(
                        FlowTemplate.filled(name, values), FlowTemplate.filled(String.valueOf(value), values)));
        return filled;
    }

    /**
     * A value of the configuration that the flow brings.
     *
     * @param path where it belongs
     */
    record Brought(List<String> path, Object value) {
        /** Without the value. */
        @Override
        public String toString() {
            return String.join(".", path);
        }
    }

    /**
     * What of an answer belongs into the configuration, with the credentials of the server that the connector needs later.
     *
     * @param answer what the service gave for the code
     * @param values what was sent
     */
    List<Brought> brought(Map<String, @Nullable Object> answer, Map<String, String> values, Instant now) {
        List<Brought> brought = new ArrayList<>();
        String expiry = input.get("token_expiry_key") instanceof String told ? told : "token_expiry_date";
        outputs("complete_oauth_output_specification").forEach((name, told) -> {
            List<String> from = path(group(told).get("path_in_oauth_response"), name);
            Object value = at(answer, from);
            if (value == null && name.equals(expiry) && answer.get("expires_in") instanceof Number seconds) {
                value = now.plusSeconds(seconds.longValue()).toString();
            }
            if (value != null) {
                brought.add(new Brought(path(group(told).get("path_in_connector_config"), name), value));
            }
        });
        outputs("complete_oauth_server_output_specification").forEach((name, told) -> {
            String value = values.get(name);
            if (value != null) {
                brought.add(new Brought(path(group(told).get("path_in_connector_config"), name), value));
            }
        });
        return brought;
    }

    /** Names that the flow promises to bring, and that an answer has to have. */
    List<String> wanted() {
        return input.get("extract_output") instanceof List<?> names
                ? names.stream().map(String::valueOf).toList()
                : List.of();
    }

    private Map<String, @Nullable Object> outputs(String name) {
        return group(group(specification.get(name)).get("properties"));
    }

    private static List<String> path(@Nullable Object told, String otherwise) {
        return told instanceof List<?> path && !path.isEmpty()
                ? path.stream().map(String::valueOf).toList()
                : List.of(otherwise);
    }

    static @Nullable Object at(@Nullable Object value, List<String> path) {
        Object found = value;
        for (String name : path) {
            found = found instanceof Map<?, ?> members ? members.get(name) : null;
        }
        return found;
    }

    private static Map<String, @Nullable Object> group(@Nullable Object value) {
        return value instanceof Map<?, ?> ? JsonText.members(value) : Map.of();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
