package dev.sluice.server.boot;

import dev.sluice.server.api.access.SignIn;
import dev.sluice.server.auth.Authenticator;
import dev.sluice.server.auth.FirstAdmin;
import dev.sluice.server.auth.LoginRules;
import dev.sluice.server.auth.oidc.OidcLogin;
import dev.sluice.server.auth.oidc.OidcSettings;
import dev.sluice.server.definitions.ProgramLeave;
import dev.sluice.server.net.ReachGuard;
import dev.sluice.server.secrets.Secrets;
import dev.sluice.server.store.Store;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who comes in, as the environment of the server says it: {@code SLUICE_LOGIN} ({@code none} or {@code required}, which it is
 * by itself beyond loopback and behind a proxy), {@code SLUICE_BASIC}, {@code SLUICE_BEHIND_PROXY}, {@code
 * SLUICE_ADMIN_EMAIL} with {@code SLUICE_ADMIN_PASSWORD} for the first account, {@code SLUICE_OIDC_…} for who signs people in
 * (which asks for a login everywhere), {@code SLUICE_VARIABLES}, {@code SLUICE_FILES}.
 */
record Entrance(LoginRules rules, boolean behindProxy, Map<String, String> environment) {
    private static final String LOGIN = "SLUICE_LOGIN";
    private static final String EMAIL = "SLUICE_ADMIN_EMAIL";
    private static final String PASSWORD = "SLUICE_ADMIN_PASSWORD";
    private static final String FILES = "SLUICE_FILES";
    private static final String OWN = "SLUICE_";

    static Entrance of(String host, Map<String, String> environment) {
        boolean behindProxy = flag(environment, "SLUICE_BEHIND_PROXY");
        boolean isSignedIn = OidcSettings.of(environment).isPresent();
        boolean isOpen = LoginRules.isLoopback(host) && !behindProxy && !isSignedIn;
        String login = environment.getOrDefault(LOGIN, isOpen ? "none" : "required");
        boolean required = switch (login.toLowerCase(Locale.ROOT)) {
            case "none" -> false;
            case "required" -> true;
            default -> throw wrong(LOGIN, "it is none or required");
        };
        if (!required && behindProxy) {
            throw wrong(LOGIN, "behind a proxy others reach the server, so people have to log in");
        }
        if (!required && isSignedIn) {
            throw wrong(LOGIN, "somebody who signs people in is of no use where nobody logs in");
        }
        return new Entrance(new LoginRules(required, flag(environment, "SLUICE_BASIC")), behindProxy, environment);
    }

    private static boolean flag(Map<String, String> environment, String name) {
        return switch (environment.getOrDefault(name, "false").toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, "it is true or false");
        };
    }

    private static RuntimeException wrong(String name, String why) {
        return Problem.of("E_SERVER_SETTING", ProblemKind.CONFIG, "a setting of the server does not make sense")
                .at(name)
                .because(why)
                .fix("change the variable, or leave it out")
                .exception();
    }

    /**
     * What sources and destinations may reach of this machine and its network: everything while only its owner can set them
     * up; where people log in, files below the folders that {@code SLUICE_FILES} names, and what is public or named by
     * {@code SLUICE_REACH}.
     */
    ReachGuard reach() {
        if (!rules.required()) {
            return ReachGuard.open();
        }
        List<Path> folders = new ArrayList<>();
        for (String folder : environment.getOrDefault(FILES, "").split(File.pathSeparator, -1)) {
            if (!folder.isBlank()) {
                try {
                    folders.add(Path.of(folder).toRealPath());
                } catch (IOException | InvalidPathException missing) {
                    throw wrong(FILES, "there is no folder " + folder);
                }
            }
        }
        return ReachGuard.shared(folders, Guarding.reach(environment));
    }

    /**
     * Which programs that users name are started: by itself all where nobody logs in, as whoever reaches such a server is at the
     * terminal of its machine anyway, and none where people do.
     */
    ProgramLeave programs() {
        String told = environment.get(ProgramLeave.VARIABLE);
        if (told != null) {
            return ProgramLeave.of(told);
        }
        return rules.required() ? ProgramLeave.NONE : ProgramLeave.ALL;
    }

    /** How people sign in: by passwords, and by the provider that the environment names. */
    SignIn signIn(Store store, Secrets secrets, Authenticator authenticator, Clock clock) {
        OidcLogin oidc = OidcSettings.of(environment)
                .map(settings -> new OidcLogin(store, settings, secrets, authenticator, clock))
                .orElse(null);
        String told = environment.get(Surroundings.URL);
        return new SignIn(oidc, told == null ? null : told.replaceAll("/+$", ""));
    }

    /** The first account, if there is none: the one that the environment names, or one for which a token is shown. */
    FirstAdmin firstAdmin(Store store, Clock clock) {
        FirstAdmin first = FirstAdmin.of(store, rules, clock);
        String email = environment.get(EMAIL);
        if (first.token().isEmpty() || email == null) {
            return first;
        }
        String password = environment.get(PASSWORD);
        if (password == null) {
            throw wrong(PASSWORD, EMAIL + " names the first account, and it needs a password");
        }
        first.make(email, email, password);
        return FirstAdmin.of(store, rules, clock);
    }

    /**
     * What a variable stands for that a configuration names in the place of a secret. Where people log in, only those that
     * {@code SLUICE_VARIABLES} names: who may edit a source could send each of them anywhere. Never one of the server's own.
     */
    @Nullable
    String variable(String name) {
        if (name.startsWith(OWN)) {
            return null;
        }
        Set<String> named = Set.copyOf(Arrays.asList(Objects.requireNonNullElse(environment.get("SLUICE_VARIABLES"), "")
                .split("[,\\s]+", -1)));
        return !rules.required() || named.contains(name) ? environment.get(name) : null;
    }
}
