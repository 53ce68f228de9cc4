package dev.sluice.lowcode.auth;

import dev.sluice.lowcode.http.Answer;
import dev.sluice.lowcode.http.Authenticator;
import dev.sluice.lowcode.http.Options;
import dev.sluice.lowcode.http.Requester;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.time.Iso;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/** A token that one gets by logging in. Without a time for which it holds, one logs in for each request. */
final class SessionTokenAuthenticator implements Authenticator {
    private final ReentrantLock lock = new ReentrantLock();
    private final Component component;
    private final Surroundings surroundings;
    private final Requester login;
    private String token = "";
    private Instant expiry = Instant.MIN;

    SessionTokenAuthenticator(Component component, Surroundings surroundings, Requester login) {
        this.component = component;
        this.surroundings = surroundings;
        this.login = login;
    }

    @Override
    public void apply(Options options) {
        String session = token();
        Component how = component.required("request_authentication");
        if (how.type().equals("Bearer")) {
            Options own = new Options();
            own.headers().put("Authorization", "Bearer " + session);
            options.addAll(own);
            return;
        }
        Scope scope = surroundings.scope(how.parameters()).with("session_token", session);
        String value = surroundings.templates().exact(how.text("api_token", "{{ session_token }}"), scope);
        options.inject(how.required("inject_into"), value, surroundings.templates(), scope);
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
        lock.lock();
        try {
            if (!surroundings.clock().instant().isBefore(expiry)) {
                token = logIn();
                expiry = component
                        .optionalText("expiration_duration")
                        .map(span -> surroundings
                                .clock()
                                .instant()
                                .plus(Iso.span(span).rest()))
                        .orElse(Instant.MIN);
            }
            return token;
        } finally {
            lock.unlock();
        }
    }

    private String logIn() {
        Answer answer = login.send(Requester.Page.only(StreamSlice.WHOLE)).answer();
        Object found = answer.json();
        for (String part : component.texts("session_token_path")) {
            found = Values.member(found, part);
        }
        if (found instanceof None) {
            throw Problem.of("E_AUTH_REFUSED", ProblemKind.PERMISSION, "the answer to the login holds no token")
                    .at(answer.call().place())
                    .because("there is nothing at " + String.join(".", component.texts("session_token_path")))
                    .exception();
        }
        return Values.str(found);
    }
}
