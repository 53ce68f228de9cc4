package dev.sluice.server.auth.oidc;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who signs people in, as the environment of the server says it ({@code SLUICE_OIDC_…}).
 *
 * @param issuer the address of the provider, below which it describes itself
 * @param clientId how it knows this server
 * @param secret what proves that this server is it; null for a public client
 * @param title how pages call the provider
 * @param scopes what is asked for
 * @param groupsClaim which claim has the groups of somebody; dots lead into objects
 * @param roles which groups have which roles; null if administrators give them here
 */
public record OidcSettings(
        URI issuer,
        String clientId,
        @Nullable String secret,
        String title,
        List<String> scopes,
        String groupsClaim,
        @Nullable RoleRules roles) {
    /** The variable that tells whether there is a provider at all. */
    public static final String ISSUER = "SLUICE_OIDC_ISSUER";

    private static final String CLIENT_ID = "SLUICE_OIDC_CLIENT_ID";
    private static final String ROLES = "SLUICE_OIDC_ROLES";

    /**
     * Those of an environment; empty if it names no provider.
     *
     * @throws dev.sluice.spi.problem.ProblemException code {@code E_OIDC_SETTING}, if they make no sense
     */
    public static Optional<OidcSettings> of(Map<String, String> environment) {
        String issuer = environment.get(ISSUER);
        if (issuer == null || issuer.isBlank()) {
            return Optional.empty();
        }
        String clientId = environment.get(CLIENT_ID);
        if (clientId == null || clientId.isBlank()) {
            throw wrong(CLIENT_ID, "the provider has to know this server by an id");
        }
        List<String> scopes = words(environment.getOrDefault("SLUICE_OIDC_SCOPES", "openid email profile"));
        if (!scopes.contains("openid")) {
            throw wrong("SLUICE_OIDC_SCOPES", "openid has to be among them");
        }
        String roles = environment.get(ROLES);
        return Optional.of(new OidcSettings(
                address(issuer.strip()),
                clientId.strip(),
                environment.get("SLUICE_OIDC_CLIENT_SECRET"),
                environment.getOrDefault("SLUICE_OIDC_NAME", "single sign-on"),
                scopes,
                environment.getOrDefault("SLUICE_OIDC_GROUPS_CLAIM", "groups"),
                roles == null || roles.isBlank() ? null : RoleRules.of(ROLES, roles)));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("[,\\s]+", -1)).distinct().toList();
    }

    /** Whoever can change what the provider says can be anybody here, so it is encrypted unless it is at this machine. */
    private static URI address(String text) {
        try {
            URI uri = URI.create(text);
            boolean isLocal =
                    Objects.requireNonNullElse(uri.getHost(), "").matches("localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1]");
            boolean isSafe = "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && isLocal);
            if (uri.getHost() == null || !isSafe || uri.getRawQuery() != null || uri.getRawFragment() != null) {
                throw wrong(ISSUER, "it has to be an https address without parameters");
            }
            return uri;
        } catch (IllegalArgumentException malformed) {
            throw wrong(ISSUER, "it is no address");
        }
    }

    static RuntimeException wrong(String name, String why) {
        return Problem.of("E_OIDC_SETTING", ProblemKind.CONFIG, "a setting for signing in does not make sense")
                .at(name)
                .because(why)
                .fix("change the variable, or leave out " + ISSUER)
                .exception();
    }
}
