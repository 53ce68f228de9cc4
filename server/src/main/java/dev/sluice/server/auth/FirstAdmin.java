package dev.sluice.server.auth;

import dev.sluice.server.store.Store;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first account of a server on which people log in. Whoever sees the terminal of the server makes it, by a token that is
 * good for that once and is nowhere else; or whoever starts the server names it. Threads may share it.
 */
public final class FirstAdmin {
    /** Two who come at once wait for each other, so that only one of them is the first. */
    private static final long FIRST = 0x736c756963650004L;

    private final Store store;
    private final Accounts accounts;
    private final @Nullable String token;

    private FirstAdmin(Store store, Accounts accounts, @Nullable String token) {
        this.store = store;
        this.accounts = accounts;
        this.token = token;
    }

    /** For a server; a token is made if people have to log in there and nobody can. */
    public static FirstAdmin of(Store store, LoginRules rules, Clock clock) {
        Accounts accounts = new Accounts(clock);
        boolean isMissing = rules.required() && store.<Long>read(accounts::administrators) == 0;
        return new FirstAdmin(store, accounts, isMissing ? Digest.random("slu_setup_") : null);
    }

    /** The token, for the terminal; empty if there is an account already. */
    public Optional<String> token() {
        return Optional.ofNullable(token);
    }

    /**
     * Makes the account with the token.
     *
     * @throws dev.sluice.spi.problem.ProblemException code {@code E_LOGIN}, if the token is another; {@code E_SETUP_DONE}, if
     *     there is an account
     */
    public Account claim(String shown, String email, String name, String password) {
        if (token == null
                || !MessageDigest.isEqual(
                        shown.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8))) {
            throw Problem.of("E_LOGIN", ProblemKind.PERMISSION, "the login was refused")
                    .because("the token is not the one in the terminal of the server")
                    .fix("copy it from there; each start of the server shows another one")
                    .exception();
        }
        return make(email, name, password);
    }

    /** Makes the account that whoever starts the server names. */
    public Account make(String email, String name, String password) {
        String hash = accounts.hash(password);
        return store.compute(transaction -> {
            transaction.exclusively(FIRST);
            if (accounts.administrators(transaction) > 0) {
                throw Problem.of("E_SETUP_DONE", ProblemKind.CONFLICT, "the server has an administrator already")
                        .fix("log in")
                        .exception();
            }
            // Somebody else may have signed them in before anybody could do everything.
            Account account = accounts.find(transaction, email).orElse(null);
            if (account == null) {
                account = accounts.add(transaction, email, name, hash);
            } else {
                accounts.savePassword(transaction, account.id(), hash);
            }
            accounts.grant(transaction, account.id(), new Grant(Role.INSTANCE_ADMIN, null));
            return account;
        });
    }
}
