package dev.sluice.server.auth;

import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Tells who calls, by what they show. Threads may share it. */
public final class Authenticator {
    private static final int MOST_FAILURES = 10;
    private static final Duration FAILURE_TIME = Duration.ofMinutes(5);
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 1_000;

    /** Compared with where there is no account, so that the time does not tell whether there is one. */
    private @Nullable String nobody;

    private final Store store;
    private final LoginRules rules;
    private final Accounts accounts;
    private final Applications applications;
    private final Tokens tokens;
    private final Clock clock;
    private final RateLimit failures;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<String, Remembered> passwords = new LinkedHashMap<>();
    private final byte[] salt = Digest.random("").getBytes(StandardCharsets.UTF_8);

    /** A password that was right a moment ago; checking costs a fraction of a second, and some clients send it each time. */
    private record Remembered(String passwordHash, Instant until) {}

    /**
     * For a store.
     *
     * @param rules who has to log in
     * @param clock the time that logins are limited by
     */
    public Authenticator(Store store, LoginRules rules, Clock clock) {
        this(store, rules, clock, new Accounts(clock));
    }

    Authenticator(Store store, LoginRules rules, Clock clock, Accounts accounts) {
        this.store = store;
        this.rules = rules;
        this.accounts = accounts;
        this.applications = new Applications(clock);
        this.tokens = new Tokens(clock, accounts);
        this.clock = clock;
        this.failures = new RateLimit(MOST_FAILURES, FAILURE_TIME, clock);
    }

    /** True if everybody at this machine may do everything. */
    public boolean isOpen() {
        return !rules.required();
    }

    /**
     * Who calls.
     *
     * @param authorization the header of that name; null if there is none
     * @param address where the call comes from
     * @throws ProblemException code {@code E_LOGIN}, if nobody is known by it; {@code E_LOGIN_LIMIT}, after too many tries
     */
    public Caller caller(@Nullable String authorization, String address) {
        if (!rules.required()) {
            return Caller.LOCAL;
        }
        if (authorization == null) {
            throw refused("no credentials were sent");
        }
        String shown = authorization.strip();
        if (shown.regionMatches(true, 0, "Bearer ", 0, 7)) {
            String token = shown.substring(7).strip();
            Optional<Caller> caller = store.read(transaction -> tokens.caller(transaction, token));
            return caller.orElseThrow(() -> refused("the token is unknown or has expired"));
        }
        if (rules.basic() && shown.regionMatches(true, 0, "Basic ", 0, 6)) {
            return basic(shown.substring(6).strip(), address);
        }
        throw refused("credentials of this kind are not taken");
    }

    /**
     * A token for an application.
     *
     * @throws ProblemException code {@code E_LOGIN}, if its secret is another; {@code E_LOGIN_LIMIT}, after too many tries
     */
    public String token(String clientId, String secret, String address) {
        requireFewFailures(address, clientId);
        Optional<Application> application =
                store.read(transaction -> applications.login(transaction, clientId, secret));
        if (application.isEmpty()) {
            throw failed(address, clientId);
        }
        Application its = application.get();
        return store.compute(transaction -> {
            transaction.change("UPDATE application SET used_at = ? WHERE id = ?", clock.instant(), its.id());
            return tokens.issue(
                    transaction,
                    Tokens.Kind.APPLICATION,
                    its.accountId(),
                    its.id(),
                    its.name(),
                    EnumSet.allOf(Access.class),
                    Tokens.SHORT);
        });
    }

    private Caller basic(String encoded, String address) {
        String[] parts;
        try {
            parts = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).split(":", 2);
        } catch (IllegalArgumentException notEncoded) {
            throw refused("the credentials are malformed");
        }
        if (parts.length != 2) {
            throw refused("the credentials are malformed");
        }
        Account account = account(parts[0], parts[1], address);
        return new Caller(
                account.id(),
                account.email(),
                EnumSet.allOf(Access.class),
                store.read(transaction -> accounts.grants(transaction, account.id())));
    }

    /**
     * A session for somebody who knows their password.
     *
     * @return its token, which nobody can see again
     * @throws ProblemException code {@code E_LOGIN}, if it is another; {@code E_LOGIN_LIMIT}, after too many tries
     */
    public String session(String email, String password, String address) {
        Account account = account(email, password, address);
        return store.compute(transaction -> session(transaction, account.id()));
    }

    /** A session for somebody whom somebody else has signed in. */
    public String session(Transaction transaction, UUID accountId) throws SQLException {
        return tokens.issue(
                transaction,
                Tokens.Kind.SESSION,
                accountId,
                null,
                "session",
                EnumSet.allOf(Access.class),
                Tokens.SESSION);
    }

    /**
     * The account that has this password.
     *
     * @throws ProblemException as {@link #session(String, String, String)}
     */
    public Account account(String email, String password, String address) {
        requireFewFailures(address, email);
        Accounts.Login login =
                store.read(transaction -> accounts.login(transaction, email)).orElse(null);
        String hash = login == null || login.passwordHash().isEmpty() ? nobody() : login.passwordHash();
        String shown = email + ":" + password;
        boolean isRight = isRemembered(shown, hash) || Passwords.matches(password, hash);
        if (!isRight || login == null) {
            throw failed(address, email);
        }
        remember(shown, hash);
        return login.account();
    }

    private String nobody() {
        lock.lock();
        try {
            String known = nobody;
            if (known == null) {
                known = accounts.hash(Digest.random(""));
                nobody = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private boolean isRemembered(String shown, String hash) {
        lock.lock();
        try {
            Remembered remembered = passwords.get(key(shown));
            return remembered != null
                    && MessageDigest.isEqual(
                            remembered.passwordHash().getBytes(StandardCharsets.UTF_8),
                            hash.getBytes(StandardCharsets.UTF_8))
                    && clock.instant().isBefore(remembered.until());
        } finally {
            lock.unlock();
        }
    }

    private void remember(String shown, String hash) {
        lock.lock();
        try {
            passwords.put(key(shown), new Remembered(hash, clock.instant().plus(REMEMBERED)));
            if (passwords.size() > MOST_REMEMBERED) {
                Map.Entry<String, Remembered> eldest = passwords.firstEntry();
                passwords.remove(eldest.getKey());
            }
        } finally {
            lock.unlock();
        }
    }

    private String key(String shown) {
        return Digest.of(new String(salt, StandardCharsets.UTF_8) + shown);
    }

    private void requireFewFailures(String address, String name) {
        if (!failures.allows("address " + address) || !failures.allows("name " + name)) {
            throw Problem.of("E_LOGIN_LIMIT", ProblemKind.PERMISSION, "too many logins have failed")
                    .because("the last ones from this address or with this name were refused")
                    .fix("wait some minutes")
                    .exception();
        }
    }

    private ProblemException failed(String address, String name) {
        failures.take("address " + address);
        failures.take("name " + name);
        return refused("the name or the secret is wrong");
    }

    private static ProblemException refused(String why) {
        return Problem.of("E_LOGIN", ProblemKind.PERMISSION, "the login was refused")
                .because(why)
                .fix("ask for a token at /api/public/v1/applications/token, and send it as Authorization: Bearer")
                .exception();
    }
}
