package dev.sluice.server.api.access;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Account;
import dev.sluice.server.auth.Caller;
import dev.sluice.server.auth.FirstAdmin;
import dev.sluice.server.auth.Tokens;
import dev.sluice.spi.problem.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/** The first account, sessions, and who one is. Each login is written into the log, also one that failed. */
final class LoginRoutes {
    private static final String GROUP = "Login";

    private final Features features;
    private final FirstAdmin first;
    private final Tokens tokens;
    private final LoginLog log;

    LoginRoutes(Features features, FirstAdmin first) {
        this.features = features;
        this.first = first;
        this.tokens = new Tokens(features.clock, features.accounts);
        this.log = new LoginLog(features);
    }

    List<Route> routes() {
        return List.of(
                Route.post("/setup", "makeFirstAccount", GROUP)
                        .forEverybody()
                        .takes("SetupRequest")
                        .gives("Session")
                        .by(this::setUp),
                Route.post("/login", "login", GROUP)
                        .forEverybody()
                        .takes("LoginRequest")
                        .gives("Session")
                        .by(this::login),
                Route.post("/logout", "logout", GROUP).by(this::logout),
                Route.get("/me", "getMe", GROUP).gives("Me").by(LoginRoutes::me),
                Route.post("/password", "changePassword", GROUP)
                        .takes("PasswordRequest")
                        .by(this::changePassword));
    }

    private Answer setUp(Call call) {
        String email = call.required("email");
        return logged(call, "makeFirstAccount", email, () -> {
            first.claim(
                    call.required("token"),
                    email,
                    Objects.requireNonNullElse(call.text("name"), email),
                    call.required("password"));
            return session(call, email);
        });
    }

    private Answer login(Call call) {
        String email = call.required("email");
        return logged(call, "login", email, () -> session(call, email));
    }

    private Answer session(Call call, String email) {
        String token = features.authenticator.session(
                email, call.required("password"), call.message().address());
        return new Shown()
                .with("token", token)
                .with("expiresAt", features.clock.instant().plus(Tokens.SESSION).toString())
                .answer();
    }

    /** What is done before anybody is known. */
    private interface Try {
        Answer answer();
    }

    private Answer logged(Call call, String operation, String email, Try trying) {
        boolean succeeded = false;
        try {
            Answer answer = trying.answer();
            succeeded = true;
            return answer;
        } finally {
            log.write(call, operation, email, succeeded);
        }
    }

    private Answer logout(Call call) {
        String shown = call.message().headers().getOrDefault("authorization", "");
        String token = shown.substring(shown.indexOf(' ') + 1).strip();
        features.store.change(transaction -> tokens.endSession(transaction, token));
        return Answer.done();
    }

    private static Answer me(Call call) {
        Caller caller = call.caller();
        UUID id = caller.accountId();
        return new Shown()
                .with("userId", id == null ? null : id.toString())
                .with("name", caller.name())
                .with(
                        "scopes",
                        caller.scopes().stream()
                                .map(scope -> scope.name().toLowerCase(Locale.ROOT))
                                .sorted()
                                .toList())
                .with(
                        "roles",
                        caller.grants().stream()
                                .map(grant -> new Shown()
                                        .with("role", grant.role().name().toLowerCase(Locale.ROOT))
                                        .with(
                                                "placeId",
                                                grant.placeId() == null
                                                        ? null
                                                        : grant.placeId().toString())
                                        .object())
                                .toList())
                .answer();
    }

    /** All sessions end, also the one that asks: whoever knew the old password is out. */
    private Answer changePassword(Call call) {
        UUID id = call.caller().accountId();
        if (id == null) {
            throw Refusal.of(409, "state-conflict", "this server asks for no login, so there are no passwords");
        }
        Account account = features.store
                .read(transaction -> features.accounts.find(transaction, id))
                .orElseThrow(() -> Refusal.notFound("user", id));
        try {
            features.authenticator.account(
                    account.email(), call.required("old"), call.message().address());
        } catch (ProblemException wrong) {
            if (wrong.problem().code().equals("E_LOGIN")) {
                throw Refusal.of(403, "forbidden", "the old password is another one");
            }
            throw wrong;
        }
        String hash = features.accounts.hash(call.required("new"));
        features.store.change(transaction -> {
            features.accounts.savePassword(transaction, id, hash);
            tokens.endSessions(transaction, id);
        });
        return Answer.done();
    }
}
