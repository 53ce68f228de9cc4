package dev.sluice.server.auth.oidc;

import static dev.sluice.server.store.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.Rooms;
import dev.sluice.server.auth.Account;
import dev.sluice.server.auth.Accounts;
import dev.sluice.server.auth.Authenticator;
import dev.sluice.server.auth.Caller;
import dev.sluice.server.auth.Grant;
import dev.sluice.server.auth.LoginRules;
import dev.sluice.server.auth.Permissions;
import dev.sluice.server.auth.Role;
import dev.sluice.server.secrets.KeyRing;
import dev.sluice.server.secrets.Secrets;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import dev.sluice.server.workspaces.Workspace;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Signing in by a provider: whom it lets in and with which roles, and that nothing is believed which is not proven. */
@ParameterizedClass
@EnumSource(Dialect.class)
class OidcLoginTest {
    private static final URI CALLBACK = URI.create("http://here/back");
    private static final String ANN = "ann@example.org";

    private final TestStore opened;
    private final Store store;
    private final Workspace workspace;
    private final PlayedProvider provider = new PlayedProvider();
    private final Clock clock = Clock.systemUTC();
    private final Secrets secrets = new Secrets(KeyRing.ofText(KeyRing.newKeys()), clock);
    private final Authenticator authenticator;
    private final Map<String, String> environment = new HashMap<>(Map.of(
            "SLUICE_OIDC_ISSUER",
            provider.issuer(),
            "SLUICE_OIDC_CLIENT_ID",
            "sluice",
            "SLUICE_OIDC_CLIENT_SECRET",
            PlayedProvider.SECRET));
    private final List<OidcLogin> logins = new ArrayList<>();

    OidcLoginTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
        workspace = new Rooms(store).workspace("Team");
        authenticator = new Authenticator(store, new LoginRules(true, false), clock);
    }

    @AfterEach
    void close() {
        logins.forEach(OidcLogin::close);
        provider.close();
        opened.close();
    }

    private OidcLogin login(Clock at) {
        OidcLogin login = new OidcLogin(store, OidcSettings.of(environment).orElseThrow(), secrets, authenticator, at);
        logins.add(login);
        return login;
    }

    private static Map<String, String> query(URI address) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : address.getQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts[1]);
        }
        return query;
    }

    /** Signs somebody in of whom the provider says this. */
    private Caller signIn(Map<String, Object> claims) {
        OidcLogin login = login(clock);
        OidcLogin.Begun begun = login.begin(CALLBACK, "/");
        Map<String, String> asked = query(begun.address());
        provider.says(asked.getOrDefault("nonce", ""), claims);
        OidcLogin.Arrived arrived =
                login.arrive(CALLBACK, Map.of("code", "c", "state", asked.get("state")), begun.kept());
        return caller(login.session(arrived.code(), arrived.kept()));
    }

    private Caller caller(String token) {
        return authenticator.caller("Bearer " + token, "test");
    }

    private static Map<String, Object> ann(Object... more) {
        Map<String, Object> claims =
                new LinkedHashMap<>(Map.of("sub", "a-1", "email", ANN, "email_verified", true, "name", "Ann"));
        for (int i = 0; i < more.length; i += 2) {
            claims.put((String) more[i], more[i + 1]);
        }
        return claims;
    }

    private Account account(String email) {
        return store.compute(transaction -> new Accounts(clock).add(transaction, email, email, null));
    }

    @Test
    void whoComesForTheFirstTimeGetsAnAccountAndHasItAgain() {
        Caller first = signIn(ann());
        assertThat(first.name()).isEqualTo(ANN);
        assertThat(first.grants()).as("administrators give roles").isEmpty();
        Caller again = signIn(ann("email", "ann@married.example"));
        assertThat(again.accountId()).as("the subject is what stays").isEqualTo(first.accountId());
        Caller bob = signIn(Map.of("sub", "b-2"));
        assertThat(bob.name()).isEqualTo("b-2@127.0.0.1");
        assertThat(provider.asked())
                .anyMatch(line -> line.startsWith("/token Basic ")
                        && line.contains("code_verifier=")
                        && line.contains("redirect_uri="));
        assertThat(provider.asked().toString()).doesNotContain(PlayedProvider.SECRET);
    }

    @Test
    void theProviderIsAskedForACodeWithProof() {
        Map<String, String> asked = query(login(clock).begin(CALLBACK, "/").address());
        assertThat(asked)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "sluice")
                .containsEntry("scope", "openid+email+profile")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("redirect_uri", CALLBACK.toString());
        assertThat(asked.get("state")).hasSize(43).isNotEqualTo(asked.get("nonce"));
        assertThat(login(clock).end(CALLBACK).orElseThrow().toString())
                .startsWith(provider.issuer() + "/end?")
                .contains("client_id=sluice", "post_logout_redirect_uri=");
    }

    @Test
    void anAccountThatIsThereIsTakenOnlyIfTheAddressIsCertain() {
        Account there = account(ANN);
        assertProblem(() -> signIn(ann("email_verified", false)), "E_OIDC_ADDRESS");
        assertProblem(() -> signIn(ann("email_verified", "none")), "E_OIDC_ADDRESS");
        assertThat(signIn(ann()).accountId()).isEqualTo(there.id());
        assertThat(signIn(ann("email_verified", false)).accountId())
                .as("now it is known")
                .isEqualTo(there.id());
        store.change(transaction -> new Accounts(clock).activate(transaction, there.id(), false));
        assertProblem(() -> signIn(ann()), "E_OIDC_REFUSED");
    }

    @Test
    void whatIsNotProvenIsNotBelieved() {
        List<Map<String, Object>> untrue = List.of(
                ann("nonce", "another"),
                ann("nonce", "none"),
                ann("aud", "another"),
                ann("iss", "https://another.example"),
                ann("exp", Date.from(clock.instant().minusSeconds(300))),
                ann("sub", "none"));
        for (Map<String, Object> claims : untrue) {
            assertProblem(() -> signIn(claims), "E_OIDC_ANSWER");
        }
        for (PlayedProvider.Signs how : PlayedProvider.Signs.values()) {
            if (how != PlayedProvider.Signs.PROPERLY) {
                provider.signs(how);
                assertProblem(() -> signIn(ann()), "E_OIDC_ANSWER");
            }
        }
        provider.signs(PlayedProvider.Signs.PROPERLY);
        provider.saysElsewhere(Map.of("sub", "somebody else", "groups", List.of("admins")));
        assertProblem(() -> signIn(ann()), "E_OIDC_ANSWER");
        provider.refuses("invalid_grant");
        assertProblem(() -> signIn(ann()), "E_OIDC_ANSWER");
        assertThat(store.<Long>read(transaction -> transaction.count("SELECT count(*) AS n FROM account")))
                .as("nobody got an account")
                .isZero();
    }

    @Test
    void aProviderThatIsAnotherOrGoneIsNot() {
        provider.describes("issuer", "https://another.example");
        assertProblem(() -> login(clock).begin(CALLBACK, "/"), "E_OIDC_ANSWER");
        provider.describes("issuer", "x".repeat(2_000_000));
        assertProblem(() -> login(clock).begin(CALLBACK, "/"), "E_OIDC_UNREACHABLE");
        provider.close();
        assertProblem(() -> login(clock).begin(CALLBACK, "/"), "E_OIDC_UNREACHABLE");
    }

    @Test
    void anAnswerBelongsToOneBrowserAndOneSignIn() {
        OidcLogin login = login(clock);
        OidcLogin.Begun begun = login.begin(CALLBACK, "/jobs");
        OidcLogin.Begun other = login.begin(CALLBACK, "/");
        String state = query(begun.address()).getOrDefault("state", "");
        Map<String, String> answer = Map.of("code", "c", "state", state);
        assertProblem(() -> login.arrive(CALLBACK, answer, null), "E_OIDC_EXPIRED");
        assertProblem(() -> login.arrive(CALLBACK, answer, "forged"), "E_OIDC_EXPIRED");
        assertProblem(() -> login.arrive(CALLBACK, answer, begun.kept().replaceAll(".$", "!")), "E_OIDC_EXPIRED");
        assertProblem(() -> login.arrive(CALLBACK, answer, other.kept()), "E_OIDC_ANSWER");
        assertProblem(
                () -> login.arrive(CALLBACK, Map.of("code", "c", "state", state, "iss", "https://e"), begun.kept()),
                "E_OIDC_ANSWER");
        assertProblem(
                () -> login.arrive(CALLBACK, Map.of("state", state, "error", "access_denied"), begun.kept()),
                "E_OIDC_REFUSED");
        OidcLogin late = login(Clock.offset(clock, Duration.ofMinutes(11)));
        assertProblem(() -> late.arrive(CALLBACK, answer, begun.kept()), "E_OIDC_EXPIRED");

        provider.says(query(begun.address()).getOrDefault("nonce", ""), ann());
        OidcLogin.Arrived arrived = login.arrive(CALLBACK, answer, begun.kept());
        assertThat(arrived.to()).isEqualTo("/jobs");
        assertProblem(() -> caller(arrived.code()), "E_LOGIN"); // it is good for a session, and for nothing else
        assertProblem(() -> login.session(arrived.code(), null), "E_OIDC_EXPIRED");
        assertProblem(() -> login.session(arrived.code(), "another browser"), "E_OIDC_EXPIRED");
        assertThat(caller(login.session(arrived.code(), arrived.kept())).name()).isEqualTo(ANN);
        assertProblem(() -> login.session(arrived.code(), arrived.kept()), "E_OIDC_EXPIRED");
    }

    private void roles(String rules) {
        environment.put("SLUICE_OIDC_ROLES", rules);
    }

    private Grant at(Role role) {
        return switch (role.place()) {
            case EVERYWHERE -> new Grant(role, null);
            case ORGANIZATION -> new Grant(role, workspace.organizationId());
            case WORKSPACE -> new Grant(role, workspace.id());
        };
    }

    private void grant(Caller caller, Role role) {
        UUID accountId = Objects.requireNonNull(caller.accountId());
        store.change(transaction -> new Permissions(clock).grant(transaction, accountId, at(role)));
    }

    @Test
    void groupsSayTheRolesInThePlacesThatTheRulesName() {
        roles("admins = instance_admin; cn=data,dc=x=workspace_reader@Team; writers=workspace_editor @ Team;"
                + "ghosts=workspace_admin@Nowhere");
        assertProblem(() -> signIn(ann("groups", List.of("others"))), "E_OIDC_ROLE");
        assertThat(signIn(ann("groups", List.of("cn=data,dc=x", "writers", "ghosts")))
                        .grants())
                .containsExactly(at(Role.WORKSPACE_EDITOR));
        assertThat(signIn(ann("groups", List.of("cn=data,dc=x"))).grants()).containsExactly(at(Role.WORKSPACE_READER));
        Caller admin = signIn(Map.of("sub", "root", "groups", "admins"));
        assertThat(admin.grants()).containsExactly(at(Role.INSTANCE_ADMIN));

        Caller none = signIn(ann());
        assertThat(none.grants()).as("an account stays, without a role").isEmpty();
        grant(none, Role.ORGANIZATION_READER);
        assertThat(signIn(ann("groups", "writers")).grants())
                .as("what administrators gave elsewhere stays")
                .containsExactlyInAnyOrder(at(Role.ORGANIZATION_READER), at(Role.WORKSPACE_EDITOR));
        assertProblem(() -> signIn(Map.of("sub", "root")), "E_LAST_ADMIN");
        assertThat(signIn(Map.of("sub", "root", "groups", "admins")).grants())
                .as("a sign-in that fails takes nothing away")
                .containsExactly(at(Role.INSTANCE_ADMIN));
    }

    @Test
    void groupsMayLieDeepOrComeFromElsewhereAndEverybodyMayHaveARole() {
        roles("*=organization_member;admins=organization_admin");
        environment.put("SLUICE_OIDC_GROUPS_CLAIM", "realm.roles");
        assertThat(signIn(ann()).grants()).containsExactly(at(Role.ORGANIZATION_MEMBER));
        assertThat(signIn(ann("realm", Map.of("roles", List.of("admins")))).grants())
                .containsExactly(at(Role.ORGANIZATION_ADMIN));
        provider.saysElsewhere(Map.of("sub", "b-2", "realm", Map.of("roles", List.of("admins"))));
        assertThat(signIn(Map.of("sub", "b-2")).grants()).containsExactly(at(Role.ORGANIZATION_ADMIN));
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        Map<String, String> wrong = Map.of(
                "SLUICE_OIDC_ISSUER", "http://login.example.org",
                "SLUICE_OIDC_CLIENT_ID", " ",
                "SLUICE_OIDC_SCOPES", "email");
        wrong.forEach((name, value) -> {
            Map<String, String> changed = new HashMap<>(environment);
            changed.put(name, value);
            assertProblem(() -> OidcSettings.of(changed), "E_OIDC_SETTING");
        });
        for (String rules :
                List.of("admins", "=instance_admin", "a=boss", "a=workspace_admin", "a=instance_admin@Team")) {
            Map<String, String> changed = new HashMap<>(environment);
            changed.put("SLUICE_OIDC_ROLES", rules);
            assertProblem(() -> OidcSettings.of(changed), "E_OIDC_SETTING");
        }
        assertThat(OidcSettings.of(Map.of())).isEmpty();
    }
}
