package dev.sluice.lowcode.auth;

import dev.sluice.lowcode.http.Answer;
import dev.sluice.lowcode.http.Authenticator;
import dev.sluice.lowcode.http.Options;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.http.TokenCall;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.time.TimeFormat;
import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Access tokens of OAuth, which are obtained anew when they have run out. One renewal at a time. */
final class OAuthAuthenticator implements Authenticator {
    private static final int MOST_DEPTH = 5;
    private static final int MOST_ATTEMPTS = 5;

    private final ReentrantLock lock = new ReentrantLock();
    private final Component component;
    private final Surroundings surroundings;
    private String token = "";
    private Instant expiry = Instant.MIN;

    OAuthAuthenticator(Component component, Surroundings surroundings) {
        this.component = component;
        this.surroundings = surroundings;
    }

    @Override
    public void apply(Options options) {
        Options own = new Options();
        if (component.has("token_headers")) {
            Scope scope = scope().with("access_token", token());
            Component headers = component.required("token_headers");
            for (Object name : headers.values().keySet()) {
                String template = headers.text(Values.str(name));
                own.headers().put(Values.str(name), surroundings.templates().exact(template, scope));
            }
        } else {
            own.headers().put("Authorization", "Bearer " + token());
        }
        options.addAll(own);
    }

    @Override
    public void renew() {
        lock.lock();
        try {
            expiry = Instant.MIN;
        } finally {
            lock.unlock();
        }
    }

    private String token() {
        if (!component.has("token_refresh_endpoint")) {
            return exact("access_token_value");
        }
        lock.lock();
        try {
            if (surroundings.clock().instant().isAfter(expiry)) {
                obtain();
            }
            return token;
        } finally {
            lock.unlock();
        }
    }

    private Scope scope() {
        return surroundings.scope(component.parameters());
    }

    private String exact(String field) {
        return component
                .optionalText(field)
                .map(template -> surroundings.templates().exact(template, scope()))
                .orElse("");
    }

    private String named(String field, String fallback) {
        return component.has(field) ? exact(field) : fallback;
    }

    private void obtain() {
        Map<String, String> headers = new LinkedHashMap<>();
        Values.mapOrEmpty(surroundings.templates().tree(component.raw("refresh_request_headers"), scope()))
                .forEach((name, value) -> headers.put(Values.str(name), Values.str(value)));
        if (component.truth("client_in_header", false)) {
            headers.put("Authorization", FixedAuthenticator.basic(exact("client_id") + ":" + exact("client_secret")));
        }
        Map<String, Object> fields = fields(headers.keySet().stream().anyMatch("authorization"::equalsIgnoreCase));
        boolean asQuery = component.truth("send_refresh_request_as_query_params", false);
        String endpoint = exact("token_refresh_endpoint");
        Answer answer = TokenCall.send(surroundings, endpoint, headers, fields, asQuery, MOST_ATTEMPTS);
        if (!answer.isOk()) {
            throw refused(answer);
        }
        take(answer);
    }

    private Map<String, Object> fields(boolean authorized) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (component.truth("use_profile_assertion", false)) {
            fields.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
            fields.put(
                    "assertion", new JwtAuthenticator(component.required("profile_assertion"), surroundings).token());
            return fields;
        }
        String grant = named("grant_type", "refresh_token");
        fields.put(named("grant_type_name", "grant_type"), grant);
        if (!authorized) {
            fields.put(named("client_id_name", "client_id"), exact("client_id"));
            fields.put(named("client_secret_name", "client_secret"), exact("client_secret"));
        }
        String refresh = refreshToken();
        if (!refresh.isEmpty()) {
            fields.put(named("refresh_token_name", "refresh_token"), refresh);
        }
        List<Object> scopes = new ArrayList<>(component.list("scopes"));
        if (!scopes.isEmpty()) {
            fields.put("scopes", scopes);
        }
        Values.mapOrEmpty(surroundings.templates().tree(component.raw("refresh_request_body"), scope()))
                .forEach((name, value) -> fields.putIfAbsent(Values.str(name), value));
        return fields;
    }

    private String refreshToken() {
        Optional<Component> updater = component.optional("refresh_token_updater");
        if (updater.isPresent()) {
            Object kept = surroundings.configAt(path(updater.get(), "refresh_token_config_path", "refresh_token"));
            if (kept instanceof String text && !text.isEmpty()) {
                return text;
            }
        }
        return exact("refresh_token");
    }

    private static List<String> path(Component updater, String field, String last) {
        return updater.has(field) ? updater.texts(field) : List.of("credentials", last);
    }

    private void take(Answer answer) {
        Object access = find(answer.json(), named("access_token_name", "access_token"), 0);
        if (access instanceof None) {
            throw Problem.of("E_AUTH_REFUSED", ProblemKind.PERMISSION, "the answer to a request for a token holds none")
                    .at(answer.call().place())
                    .because("it has no field " + named("access_token_name", "access_token"))
                    .exception();
        }
        token = Values.str(access);
        expiry = expiry(find(answer.json(), named("expires_in_name", "expires_in"), 0));
        component.optional("refresh_token_updater").ifPresent(updater -> update(updater, answer));
    }

    private Instant expiry(Object told) {
        Instant now = surroundings.clock().instant();
        try {
            if (told instanceof None) {
                return now.plus(Duration.ofHours(1));
            }
            if (component.has("token_expiry_date_format")) {
                return TimeFormat.parse(told, component.text("token_expiry_date_format"))
                        .instant();
            }
            double seconds = told instanceof String text ? Double.parseDouble(text) : Numbers.real(told);
            return now.plusSeconds((long) Math.min(seconds, 1e9));
        } catch (Fault | NumberFormatException unreadable) {
            return now.plus(Duration.ofHours(1));
        }
    }

    /** Tokens that can be used once are kept in the configuration, which the host hands on to the next run. */
    private void update(Component updater, Answer answer) {
        Object refresh = find(answer.json(), updater.text("refresh_token_name", "refresh_token"), 0);
        surroundings.renew(config -> {
            set(config, path(updater, "access_token_config_path", "access_token"), token);
            if (!(refresh instanceof None)) {
                set(config, path(updater, "refresh_token_config_path", "refresh_token"), Values.str(refresh));
            }
            set(config, path(updater, "token_expiry_date_config_path", "token_expiry_date"), expiry.toString());
        });
    }

    private static void set(Map<Object, Object> config, List<String> path, Object value) {
        Map<Object, Object> map = config;
        for (String part : path.subList(0, path.size() - 1)) {
            Object next = map.computeIfAbsent(part, missing -> new LinkedHashMap<>());
            if (!(next instanceof Map<?, ?> inner)) {
                return;
            }
            map = Values.asMap(inner);
        }
        map.put(path.getLast(), value);
    }

    /** The first field with this name, also inside others. */
    private static Object find(Object json, String name, int depth) {
        if (depth > MOST_DEPTH || !(json instanceof Map<?, ?> map)) {
            return None.NONE;
        }
        Object own = map.get(name);
        if (own != null && !(own instanceof None)) {
            return own;
        }
        for (Object each : map.values()) {
            Object inner = find(Values.requireDefined(each), name, depth + 1);
            if (!(inner instanceof None)) {
                return inner;
            }
        }
        return None.NONE;
    }

    private static ProblemException refused(Answer answer) {
        String error = Values.str(Values.member(answer.json(), "error"));
        boolean again = error.equals("invalid_grant") || error.equals("invalid_permissions");
        return Problem.of(
                        "E_AUTH_REFUSED",
                        answer.status() == 429 || answer.status() >= 500
                                ? ProblemKind.TRANSIENT
                                : ProblemKind.PERMISSION,
                        "the service gives no access token: HTTP " + answer.status())
                .at(answer.call().place())
                .because(error.equals("None") ? null : error)
                .fix(again ? "log in to the service again, and put the new refresh token into the configuration" : null)
                .exception();
    }
}
