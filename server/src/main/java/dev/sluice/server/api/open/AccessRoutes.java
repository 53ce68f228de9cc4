package dev.sluice.server.api.open;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.auth.Application;
import dev.sluice.server.auth.Tokens;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Health, tokens and the applications of whoever asks. */
final class AccessRoutes {
    private static final String GROUP = "Applications";

    private final Features features;

    AccessRoutes(Features features) {
        this.features = features;
    }

    /** The routes for tokens, which clients look for in several places. */
    List<Route> tokens() {
        return List.of(Route.post("/applications/token", "createAccessToken", GROUP)
                .forEverybody()
                .takes("ApplicationTokenRequest")
                .gives("PublicAccessTokenResponse")
                .by(this::token));
    }

    List<Route> routes() {
        return List.of(
                Route.get("/health", "getHealth", "Health")
                        .forEverybody()
                        .gives("text")
                        .by(_ -> Answer.plain("Successful operation")),
                Route.get("/applications", "listApplications", GROUP)
                        .gives("ApplicationReadList")
                        .by(this::list),
                Route.post("/applications", "createApplication", GROUP)
                        .takes("ApplicationCreate")
                        .gives("ApplicationRead")
                        .by(this::create),
                Route.get("/applications/{applicationId}", "getApplication", GROUP)
                        .gives("ApplicationRead")
                        .by(call -> Answer.json(shown(own(call)))),
                Route.delete("/applications/{applicationId}", "deleteApplication", GROUP)
                        .gives("ApplicationRead")
                        .by(this::delete));
    }

    private Answer token(Call call) {
        String token = features.authenticator.isOpen()
                ? "not-needed"
                : features.authenticator.token(
                        call.required("client_id"),
                        call.required("client_secret"),
                        call.message().address());
        return new Shown()
                .with("access_token", token)
                .with("token_type", "Bearer")
                .with("expires_in", Tokens.SHORT.toSeconds())
                .answer();
    }

    private Answer list(Call call) {
        List<Application> applications =
                features.store.read(transaction -> features.applications.list(transaction, account(call)));
        return Answer.json(Map.of(
                "applications", applications.stream().map(AccessRoutes::shown).toList()));
    }

    private Answer create(Call call) {
        return features.store.compute(transaction -> {
            var made = features.applications.add(transaction, account(call), call.required("name"));
            Map<String, Object> shown = shown(made.application());
            shown.put("clientSecret", made.secret());
            return Answer.json(shown);
        });
    }

    private Answer delete(Call call) {
        Application application = own(call);
        features.store.change(transaction -> features.applications.delete(transaction, application.id()));
        return Answer.json(shown(application));
    }

    /** An application of the caller; those of others are not there. */
    private Application own(Call call) {
        UUID id = call.id("applicationId");
        UUID account = account(call);
        return features.store
                .read(transaction -> features.applications.find(transaction, id))
                .filter(application -> application.accountId().equals(account))
                .orElseThrow(() -> Refusal.notFound("application", id));
    }

    private static UUID account(Call call) {
        UUID account = call.caller().accountId();
        if (account == null) {
            throw Refusal.of(409, "state-conflict", "this server asks for no login, so there are no applications");
        }
        return account;
    }

    /** The secret is known only when it is made; later its end tells which one it is. */
    private static Map<String, Object> shown(Application application) {
        return new Shown()
                .with("id", application.id().toString())
                .with("name", application.name())
                .with("clientId", application.clientId())
                .with("clientSecret", "**********" + application.hint())
                .with("createdAt", Shown.seconds(application.createdAt()))
                .object();
    }
}
