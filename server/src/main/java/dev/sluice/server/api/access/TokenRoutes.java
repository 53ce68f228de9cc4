package dev.sluice.server.api.access;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.auth.Tokens;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Long-lived tokens of whoever asks, for programs. One is never good for more than the one that it was made with. */
final class TokenRoutes {
    private static final String GROUP = "Tokens";
    private static final int USUAL_DAYS = 90;
    private static final int MOST = 100;

    private final Features features;
    private final Tokens tokens;

    TokenRoutes(Features features) {
        this.features = features;
        this.tokens = new Tokens(features.clock, features.accounts);
    }

    List<Route> routes() {
        return List.of(
                Route.get("/tokens", "listTokens", GROUP).gives("TokenList").by(this::list),
                Route.post("/tokens", "createToken", GROUP)
                        .takes("TokenRequest")
                        .gives("TokenMade")
                        .by(this::create),
                Route.delete("/tokens/{tokenId}", "deleteToken", GROUP).by(this::delete));
    }

    private Answer list(Call call) {
        List<Tokens.Issued> found = features.store.read(transaction -> tokens.list(transaction, account(call)));
        return Answer.json(
                Map.of("tokens", found.stream().map(TokenRoutes::shown).toList()));
    }

    private Answer create(Call call) {
        UUID account = account(call);
        Set<Access> scopes = scopes(call.body().get("scopes"), call.caller().scopes());
        long days = call.body().get("days") instanceof Number number ? number.longValue() : USUAL_DAYS;
        String name = call.required("name");
        String token = features.store.compute(transaction -> {
            if (tokens.list(transaction, account).size() >= MOST) {
                throw Refusal.of(409, "state-conflict", "an account has at most " + MOST + " tokens; delete one first");
            }
            return tokens.issue(transaction, Tokens.Kind.LONG, account, null, name, scopes, Duration.ofDays(days));
        });
        return new Shown()
                .with("token", token)
                .with(
                        "expiresAt",
                        features.clock.instant().plus(Duration.ofDays(days)).toString())
                .answer();
    }

    private static Set<Access> scopes(@Nullable Object wished, Set<Access> own) {
        Set<Access> scopes = EnumSet.noneOf(Access.class);
        if (wished instanceof List<?> words) {
            words.forEach(word -> scopes.add(Access.valueOf(String.valueOf(word).toUpperCase(Locale.ROOT))));
            if (!own.containsAll(scopes)) {
                throw Refusal.of(403, "forbidden", "a token is not good for more than the one that it is made with");
            }
        } else {
            scopes.addAll(own);
        }
        return scopes;
    }

    private Answer delete(Call call) {
        UUID id = call.id("tokenId");
        UUID account = account(call);
        features.store.change(transaction -> {
            if (tokens.list(transaction, account).stream()
                    .noneMatch(token -> token.id().equals(id))) {
                throw Refusal.notFound("token", id);
            }
            tokens.revoke(transaction, id);
        });
        return Answer.done();
    }

    private static UUID account(Call call) {
        UUID account = call.caller().accountId();
        if (account == null) {
            throw Refusal.of(409, "state-conflict", "this server asks for no login, so there are no tokens");
        }
        return account;
    }

    private static Map<String, Object> shown(Tokens.Issued token) {
        return new Shown()
                .with("tokenId", token.id().toString())
                .with("name", token.name())
                .with(
                        "scopes",
                        token.scopes().stream()
                                .map(scope -> scope.name().toLowerCase(Locale.ROOT))
                                .sorted()
                                .toList())
                .with("createdAt", token.createdAt().toString())
                .with("expiresAt", token.expiresAt().toString())
                .object();
    }
}
