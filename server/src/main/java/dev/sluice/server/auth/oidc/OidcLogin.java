package dev.sluice.server.auth.oidc;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.sluice.server.auth.Account;
import dev.sluice.server.auth.Accounts;
import dev.sluice.server.auth.Authenticator;
import dev.sluice.server.auth.Identities;
import dev.sluice.server.auth.Permissions;
import dev.sluice.server.auth.Tokens;
import dev.sluice.server.secrets.Secrets;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.workspaces.Workspaces;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lets people in whom the provider has signed in; makes an account for those who come for the first time. Threads may share it. */
public final class OidcLogin implements AutoCloseable {
    /** Somebody who comes for the first time twice at once waits for themselves. */
    private static final long ARRIVING = 0x736c756963650005L;

    private static final UUID SEAL = UUID.fromString("6f9d3c1e-0f5b-4d0f-8f6e-0c1d5a0b77a1");
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int RANDOM_BYTES = 32;

    private final Store store;
    private final OidcSettings settings;
    private final Secrets secrets;
    private final Authenticator authenticator;
    private final OidcProvider provider;
    private final Accounts accounts;
    private final Identities identities;
    private final Permissions permissions;
    private final Workspaces workspaces;
    private final Tokens tokens;
    private final Clock clock;

    /**
     * For a store.
     *
     * @param secrets seals what browsers keep meanwhile
     * @param authenticator makes sessions
     */
    public OidcLogin(Store store, OidcSettings settings, Secrets secrets, Authenticator authenticator, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.secrets = secrets;
        this.authenticator = authenticator;
        this.provider = new OidcProvider(settings, clock);
        this.accounts = new Accounts(clock);
        this.identities = new Identities(clock);
        this.permissions = new Permissions(clock);
        this.workspaces = new Workspaces(clock);
        this.tokens = new Tokens(clock, accounts);
        this.clock = clock;
    }

    /** How pages call the provider. */
    public String title() {
        return settings.title();
    }

    /**
     * Somebody on their way to the provider.
     *
     * @param address where to send them
     * @param kept what their browser keeps
     */
    public record Begun(URI address, String kept) {}

    /**
     * Somebody who came back.
     *
     * @param name how the log calls them
     * @param code what the page asks for a session with
     * @param kept what their browser keeps for that
     * @param to the path that they wanted to see
     */
    public record Arrived(String name, String code, String kept, String to) {}

    /**
     * Begins to sign somebody in.
     *
     * @param callback where the provider sends them back to
     * @param to the path that they want to see
     */
    public Begun begin(URI callback, String to) {
        Pending pending = new Pending(
                random(),
                random(),
                new CodeVerifier().getValue(),
                to,
                clock.instant().plus(PATIENCE));
        return new Begun(provider.begin(pending, callback), secrets.sealed(pending.text(), SEAL));
    }

    /**
     * Takes somebody who comes back.
     *
     * @param answer what the provider has them say
     * @param kept what their browser kept; null for nothing
     * @throws ProblemException codes {@code E_OIDC_…}, if they are not let in
     */
    public Arrived arrive(URI callback, Map<String, String> answer, @Nullable String kept) {
        Pending pending = Optional.ofNullable(kept)
                .flatMap(text -> secrets.unsealed(text, SEAL))
                .map(Pending::of)
                .filter(it -> clock.instant().isBefore(it.until()))
                .orElseThrow(() -> refused(
                        "E_OIDC_EXPIRED", "it took too long, or was begun in another browser", "sign in again"));
        if (!isSame(pending.state(), answer.getOrDefault("state", "")) || !provider.isIssuer(answer.get("iss"))) {
            throw refused("E_OIDC_ANSWER", "the answer is of another sign-in", "sign in again");
        }
        String code = answer.get("code");
        if (code == null || answer.containsKey("error")) {
            String error = answer.getOrDefault("error", "").replaceAll("[^a-z_]", "");
            throw refused("E_OIDC_REFUSED", "the provider did not sign you in: " + error, "sign in again there");
        }
        Person person = provider.person(code, pending, callback);
        String browser = random();
        return store.compute(transaction -> {
            Account account = account(transaction, person);
            String arrival = tokens.arrival(transaction, account.id(), browser);
            return new Arrived(account.email(), arrival, browser, pending.to());
        });
    }

    /**
     * A session for a page that somebody came back to.
     *
     * @return its token
     * @throws ProblemException code {@code E_OIDC_EXPIRED}, if the code counts no more
     */
    public String session(String code, @Nullable String kept) {
        return store.compute(transaction -> {
            UUID account = tokens.arrived(transaction, code, kept == null ? "" : kept)
                    .orElseThrow(() -> refused(
                            "E_OIDC_EXPIRED", "it took too long, or was begun in another browser", "sign in again"));
            return authenticator.session(transaction, account);
        });
    }

    /** Where to send somebody who signs out here, so that the provider forgets them too; empty if it knows no such place. */
    public Optional<URI> end(URI back) {
        return provider.end(back);
    }

    private Account account(Transaction transaction, Person person) throws SQLException {
        transaction.exclusively(ARRIVING);
        Account account =
                identities.find(transaction, person.issuer(), person.subject()).orElse(null);
        if (account == null) {
            account = known(transaction, person);
            identities.add(transaction, account.id(), person.issuer(), person.subject());
        }
        if (!account.active()) {
            throw refused("E_OIDC_REFUSED", "your account was switched off", "ask an administrator of this server");
        }
        RoleRules roles = settings.roles();
        if (roles != null) {
            roles.apply(transaction, workspaces, permissions, account.id(), person.groups());
        }
        return account;
    }

    /** The account that administrators have made for somebody, if their address is certain, or else a new one. */
    private Account known(Transaction transaction, Person person) throws SQLException {
        String email = person.email();
        Account there = email == null ? null : accounts.find(transaction, email).orElse(null);
        if (there != null) {
            if (!person.emailVerified()) {
                throw refused(
                        "E_OIDC_ADDRESS",
                        "there is an account with your address, and the provider does not say that it is yours",
                        "have the provider send email_verified, or the account changed");
            }
            return there;
        }
        RoleRules roles = settings.roles();
        if (roles != null && !roles.admit(person.groups())) {
            throw refused("E_OIDC_ROLE", "none of your groups has a role here", "ask an administrator of this server");
        }
        String address =
                email == null ? person.subject() + "@" + settings.issuer().getHost() : email;
        String name = person.name() == null ? address : person.name();
        return accounts.add(transaction, address, name, null);
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String random() {
        return new State(RANDOM_BYTES).getValue();
    }

    private static ProblemException refused(String code, String why, String fix) {
        return Problem.of(code, ProblemKind.PERMISSION, "signing in did not work")
                .because(why)
                .fix(fix)
                .exception();
    }

    @Override
    public void close() {
        provider.close();
    }
}
