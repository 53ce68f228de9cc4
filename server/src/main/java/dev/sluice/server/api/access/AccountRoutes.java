package dev.sluice.server.api.access;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.auth.Account;
import dev.sluice.server.auth.AuditEntry;
import dev.sluice.server.auth.AuditLog;
import dev.sluice.server.auth.Grant;
import dev.sluice.server.auth.Realm;
import dev.sluice.server.auth.Role;
import dev.sluice.server.auth.Tokens;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The people of a server, and what they did. */
final class AccountRoutes {
    private static final String GROUP = "Accounts";
    private static final String PASSWORD = "password";

    private final Features features;
    private final Places places;
    private final Tokens tokens;
    private final AuditLog audit;

    AccountRoutes(Features features, Places places) {
        this.features = features;
        this.places = places;
        this.tokens = new Tokens(features.clock, features.accounts);
        this.audit = new AuditLog(features.clock);
    }

    List<Route> routes() {
        return List.of(
                Route.post("/accounts", "createAccount", GROUP)
                        .needsOver(
                                Access.ADMIN,
                                (transaction, call) ->
                                        places.organization(transaction, call.requiredId("organizationId")))
                        .takes("AccountRequest")
                        .gives("AccountRead")
                        .by(this::create),
                Route.patch("/accounts/{userId}", "updateAccount", GROUP)
                        .needsOver(Access.ADMIN, (_, _) -> new Realm.Everywhere())
                        .takes("AccountChange")
                        .gives("AccountRead")
                        .by(this::change),
                Route.get("/audit", "listAudit", "Audit")
                        .needsOver(Access.ADMIN, (transaction, call) -> {
                            UUID id = call.parameterId("workspaceId");
                            return id == null
                                    ? new Realm.Everywhere()
                                    : new Realm.OfWorkspace(places.workspace(transaction, id));
                        })
                        .parameter("workspaceId", "uuid")
                        .paged()
                        .gives("AuditPage")
                        .by(this::audit));
    }

    private Answer create(Call call) {
        String email = call.required("email");
        String password = call.text(PASSWORD);
        @Nullable String hash = password == null ? null : features.accounts.hash(password);
        UUID organizationId = call.requiredId("organizationId");
        return features.store.compute(transaction -> {
            if (features.accounts.isTaken(transaction, email)) {
                throw Refusal.of(409, "state-conflict", "there is an account with this address");
            }
            String name = Objects.requireNonNullElse(call.text("name"), email);
            Account made = features.accounts.add(transaction, email, name, hash);
            features.permissions.grant(transaction, made.id(), new Grant(Role.ORGANIZATION_MEMBER, organizationId));
            return Answer.json(shown(made));
        });
    }

    private Answer change(Call call) {
        UUID id = call.id("userId");
        String password = call.text(PASSWORD);
        @Nullable String hash = password == null ? null : features.accounts.hash(password);
        return features.store.compute(transaction -> {
            if (features.accounts.find(transaction, id).isEmpty()) {
                throw Refusal.notFound("user", id);
            }
            if (call.body().get("active") instanceof Boolean active) {
                features.permissions.activate(transaction, id, active);
            }
            if (hash != null) {
                features.accounts.savePassword(transaction, id, hash);
                tokens.endSessions(transaction, id);
            }
            return Answer.json(shown(features.accounts.find(transaction, id).orElseThrow()));
        });
    }

    private Answer audit(Call call) {
        return features.store.read(transaction -> Shown.page(
                call, audit.list(transaction, call.parameterId("workspaceId"), call.page()), AccountRoutes::shown));
    }

    private static Map<String, Object> shown(AuditLog.Written written) {
        AuditEntry entry = written.entry();
        UUID workspaceId = entry.workspaceId();
        return new Shown()
                .with("id", written.id())
                .with("at", written.at().toString())
                .with("account", entry.caller().name())
                .with("workspaceId", workspaceId == null ? null : workspaceId.toString())
                .with("address", entry.address())
                .with("agent", written.agent())
                .with("operation", entry.operation())
                .with("objectId", entry.objectId())
                .with("succeeded", entry.succeeded())
                .object();
    }

    private static Map<String, Object> shown(Account account) {
        return Map.of(
                "userId", account.id().toString(),
                "email", account.email(),
                "name", account.name(),
                "active", account.active());
    }
}
