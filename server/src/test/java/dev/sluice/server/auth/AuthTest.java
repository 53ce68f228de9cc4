package dev.sluice.server.auth;

import static dev.sluice.server.store.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.Rooms;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import dev.sluice.server.workspaces.Workspace;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Logins over both databases. */
@ParameterizedClass
@EnumSource(Dialect.class)
class AuthTest {
    private static final String PASSWORD = "correct horse battery";

    private final TestStore opened;
    private final Store store;
    private final Workspace workspace;
    private final Accounts accounts = new Accounts(TestStore.CLOCK, 10);
    private final Applications applications = new Applications(TestStore.CLOCK);
    private final Tokens tokens = new Tokens(TestStore.CLOCK, accounts);
    private final Account account;

    AuthTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
        workspace = new Rooms(store).workspace("Team");
        account = store.compute(
                transaction -> accounts.add(transaction, "Ann@example.org", "Ann", accounts.hash(PASSWORD)));
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private Authenticator authenticator(LoginRules rules, Duration later) {
        return new Authenticator(store, rules, Clock.offset(TestStore.CLOCK, later), accounts);
    }

    private final LoginRules both = new LoginRules(true, true);

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anApplicationGetsTokensThatExpire() {
        Applications.Made made = store.compute(transaction -> applications.add(transaction, account.id(), "deploys"));
        assertThat(made.toString()).doesNotContain(made.secret());
        String clientId = made.application().clientId();
        String token = authenticator(both, Duration.ZERO).token(clientId, made.secret(), "a");
        assertThat(authenticator(both, Duration.ZERO)
                        .caller("Bearer " + token, "a")
                        .accountId())
                .isEqualTo(account.id());
        assertThat(authenticator(both, Duration.ofSeconds(899))
                        .caller("bearer  " + token, "a")
                        .name())
                .isEqualTo("Ann@example.org");
        assertProblem(() -> authenticator(both, Duration.ofMinutes(15)).caller("Bearer " + token, "a"), "E_LOGIN");
        assertProblem(() -> authenticator(both, Duration.ZERO).token(clientId, made.secret() + "x", "a"), "E_LOGIN");
        assertProblem(() -> authenticator(both, Duration.ZERO).token("x", made.secret(), "a"), "E_LOGIN");
        List<String> kept = store.read(transaction -> transaction.all(
                row -> row.text("h"),
                "SELECT token_hash AS h FROM token UNION ALL SELECT secret_hash FROM application"));
        assertThat(kept)
                .hasSize(2)
                .noneMatch(hash -> token.contains(hash) || made.secret().contains(hash));
        store.change(transaction ->
                applications.delete(transaction, made.application().id()));
        assertProblem(() -> authenticator(both, Duration.ZERO).caller("Bearer " + token, "a"), "E_LOGIN");
    }

    @Test
    void passwordsOpenTheDoorWhereTheyAreTaken() {
        String right = basic("ann@EXAMPLE.org", PASSWORD);
        Authenticator authenticator = authenticator(both, Duration.ZERO);
        assertThat(authenticator.caller(right, "a").accountId()).isEqualTo(account.id());
        assertThat(authenticator.caller(right, "a").accountId())
                .as("remembered")
                .isEqualTo(account.id());
        assertProblem(() -> authenticator.caller(basic("ann@example.org", PASSWORD + "!"), "a"), "E_LOGIN");
        assertProblem(() -> authenticator.caller(basic("nobody", PASSWORD), "a"), "E_LOGIN");
        assertProblem(() -> authenticator.caller("Basic !", "a"), "E_LOGIN");
        assertProblem(
                () -> authenticator(new LoginRules(true, false), Duration.ZERO).caller(right, "a"), "E_LOGIN");
        store.change(transaction -> accounts.activate(transaction, account.id(), false));
        assertProblem(() -> authenticator.caller(right, "a"), "E_LOGIN");
    }

    @Test
    void whoTriesTooOftenHasToWait() {
        Authenticator authenticator = authenticator(both, Duration.ZERO);
        for (int i = 0; i < 10; i++) {
            assertProblem(() -> authenticator.caller(basic("ann@example.org", "wrong"), "a"), "E_LOGIN");
        }
        assertProblem(() -> authenticator.caller(basic("ann@example.org", PASSWORD), "b"), "E_LOGIN_LIMIT");
        assertProblem(() -> authenticator.token("x", "y", "a"), "E_LOGIN_LIMIT");
    }

    @Test
    void rolesHoldInTheirPlaceAndScopesLimitThem() {
        Workspace other = new Rooms(store).workspace("Other");
        UUID id = account.id();
        assertThat(caller(EnumSet.allOf(Access.class)).may(Access.READ, workspace))
                .isFalse();
        store.change(transaction -> {
            accounts.grant(transaction, id, new Grant(Role.WORKSPACE_ADMIN, workspace.id()));
            accounts.grant(transaction, id, new Grant(Role.WORKSPACE_EDITOR, workspace.id()));
            accounts.grant(transaction, id, new Grant(Role.ORGANIZATION_RUNNER, other.organizationId()));
        });
        Caller caller = caller(EnumSet.allOf(Access.class));
        assertThat(caller.grants()).hasSize(2);
        assertThat(caller.may(Access.EDIT, workspace)).isTrue();
        assertThat(caller.may(Access.ADMIN, workspace)).isFalse();
        assertThat(caller.may(Access.RUN, other)).isTrue();
        assertThat(caller.may(Access.EDIT, other)).isFalse();
        assertThat(caller.mayIn(other.organizationId(), Access.RUN)).isTrue();
        assertThat(caller.mayIn(workspace.organizationId(), Access.RUN)).isFalse();
        Caller reader = caller(EnumSet.of(Access.READ));
        assertThat(reader.may(Access.READ, workspace)).isTrue();
        assertThat(reader.may(Access.EDIT, workspace)).isFalse();
        store.change(transaction -> accounts.grant(transaction, id, new Grant(Role.INSTANCE_ADMIN, null)));
        assertThat(caller(EnumSet.allOf(Access.class)).may(Access.ADMIN, other)).isTrue();
    }

    private Caller caller(Set<Access> scopes) {
        String token = store.compute(transaction ->
                tokens.issue(transaction, Tokens.Kind.LONG, account.id(), null, "x", scopes, Duration.ofDays(1)));
        return authenticator(both, Duration.ZERO).caller("Bearer " + token, "a");
    }

    @Test
    void withoutALoginEverybodyHereMayDoEverything() {
        assertThat(authenticator(LoginRules.NONE, Duration.ZERO).caller(null, "a"))
                .isEqualTo(Caller.LOCAL);
        assertThat(Caller.LOCAL.may(Access.ADMIN, workspace)).isTrue();
        assertProblem(() -> authenticator(both, Duration.ZERO).caller(null, "a"), "E_LOGIN");
    }

    @Test
    void whatExpiredIsSweptAndTheLogIsKept() {
        store.change(transaction -> {
            tokens.issue(transaction, Tokens.Kind.LONG, account.id(), null, "x", Set.of(), Duration.ZERO);
            new AuditLog(TestStore.CLOCK)
                    .write(
                            transaction,
                            new AuditEntry(Caller.LOCAL, workspace.id(), "a", "o".repeat(1000), null, false),
                            "agent");
        });
        assertThat(store.<Integer>compute(tokens::sweep)).isEqualTo(1);
        assertThat(store.<List<Integer>>read(transaction ->
                        transaction.all(row -> row.text("operation").length(), "SELECT * FROM audit_log")))
                .containsExactly(300);
        Instant later = TestStore.CLOCK.instant().plusSeconds(1);
        assertThat(store.<Integer>compute(transaction -> new AuditLog(TestStore.CLOCK).sweep(transaction, later)))
                .isEqualTo(1);
    }
}
