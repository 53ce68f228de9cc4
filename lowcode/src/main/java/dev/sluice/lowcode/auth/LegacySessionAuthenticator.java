package dev.sluice.lowcode.auth;

import dev.sluice.lowcode.http.Answer;
import dev.sluice.lowcode.http.Authenticator;
import dev.sluice.lowcode.http.Call;
import dev.sluice.lowcode.http.Options;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.http.TokenCall;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The older kind of session: a stored token as long as it is valid, else a name and a password for a new one. */
final class LegacySessionAuthenticator implements Authenticator {
    private final ReentrantLock lock = new ReentrantLock();
    private final Component component;
    private final Surroundings surroundings;
    private String token = "";

    LegacySessionAuthenticator(Component component, Surroundings surroundings) {
        this.component = component;
        this.surroundings = surroundings;
    }

    @Override
    public void apply(Options options) {
        Options own = new Options();
        own.headers().put(exact("header"), token());
        options.addAll(own);
    }

    @Override
    public void renew() {
        lock.lock();
        try {
            token = "";
        } finally {
            lock.unlock();
        }
    }

    private String exact(String field) {
        Scope scope = surroundings.scope(component.parameters());
        return component
                .optionalText(field)
                .map(template -> surroundings.templates().exact(template, scope))
                .orElse("");
    }

    private String token() {
        lock.lock();
        try {
            if (token.isEmpty()) {
                String stored = exact("session_token");
                token = !stored.isEmpty() && isValid(stored) ? stored : logIn();
            }
            return token;
        } finally {
            lock.unlock();
        }
    }

    private String url(String field) {
        String base = exact("api_url");
        String path = exact(field);
        return base.isEmpty() || path.startsWith("http")
                ? path
                : base.replaceFirst("/$", "") + "/" + path.replaceFirst("^/", "");
    }

    private boolean isValid(String stored) {
        Call call = new Call("GET", url("validate_session_url"), Map.of(exact("header"), stored), null);
        return TokenCall.send(surroundings, call, 3).isOk();
    }

    private String logIn() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("username", exact("username"));
        body.put("password", exact("password"));
        byte[] json = JsonValues.write(body).getBytes(StandardCharsets.UTF_8);
        Call call = new Call("POST", url("login_url"), Map.of("Content-Type", "application/json"), json);
        Answer answer = TokenCall.send(surroundings, call, 3);
        Object found = Values.member(answer.json(), exact("session_token_response_key"));
        if (!answer.isOk() || found instanceof None) {
            throw Problem.of("E_AUTH_REFUSED", ProblemKind.PERMISSION, "the login failed: HTTP " + answer.status())
                    .at(call.place())
                    .fix("check the name and the password")
                    .exception();
        }
        return Values.str(found);
    }
}
