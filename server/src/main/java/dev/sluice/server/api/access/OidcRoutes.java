package dev.sluice.server.api.access;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Tokens;
import dev.sluice.server.auth.oidc.OidcLogin;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signing in by somebody else. A browser goes to {@code /oidc/login}, from there to the provider, and comes back to {@code
 * /oidc/callback}, which sends it to the page with a code behind the {@code #}; the page asks {@code /oidc/session} for a
 * session with it. So no token stands in an address, and no cookie logs anybody in.
 */
final class OidcRoutes {
    private static final String GROUP = "Login";
    private static final String COOKIE = "sluice_oidc";
    private static final String PATH = "/api/sluice/v1/oidc";
    private static final int LONG_SECONDS = 600;
    private static final int SHORT_SECONDS = 60;

    private final Features features;
    private final SignIn signIn;
    private final LoginLog log;

    OidcRoutes(Features features, SignIn signIn) {
        this.features = features;
        this.signIn = signIn;
        this.log = new LoginLog(features);
    }

    List<Route> routes() {
        return List.of(
                Route.get("/login/methods", "getLoginMethods", GROUP)
                        .forEverybody()
                        .gives("LoginMethods")
                        .by(_ -> methods()),
                Route.get("/oidc/login", "beginOidcLogin", GROUP)
                        .forEverybody()
                        .parameter("to", "string")
                        .gives("redirect")
                        .by(this::begin),
                Route.get("/oidc/callback", "finishOidcLogin", GROUP)
                        .forEverybody()
                        .gives("redirect")
                        .by(this::arrive),
                Route.post("/oidc/session", "getOidcSession", GROUP)
                        .forEverybody()
                        .takes("OidcSessionRequest")
                        .gives("Session")
                        .by(this::session),
                Route.get("/oidc/logout", "endOidcLogin", GROUP)
                        .forEverybody()
                        .gives("redirect")
                        .by(this::end));
    }

    private Answer methods() {
        Shown methods = new Shown()
                .with("loginRequired", !features.authenticator.isOpen())
                .with("password", !features.authenticator.isOpen());
        OidcLogin oidc = signIn.oidc();
        if (oidc != null) {
            methods.with("oidc", Map.of("name", oidc.title(), "login", PATH + "/login", "logout", PATH + "/logout"));
        }
        return methods.answer();
    }

    private OidcLogin oidc() {
        OidcLogin oidc = signIn.oidc();
        if (oidc == null) {
            throw Refusal.notFound("provider", "OpenID Connect");
        }
        return oidc;
    }

    private Answer begin(Call call) {
        OidcLogin oidc = oidc();
        String to = call.parameter("to");
        try {
            OidcLogin.Begun begun = oidc.begin(callback(call), isOurs(to) ? String.valueOf(to) : "/");
            return Answer.redirect(begun.address().toString()).kept(cookie(call, begun.kept(), LONG_SECONDS));
        } catch (ProblemException failed) {
            return failed(call, failed.problem());
        }
    }

    /** A path of this server, and no other address in its clothes. */
    private static boolean isOurs(@Nullable String to) {
        return to != null && to.matches("/[^/\\\\\\p{Cntrl}][^\\\\\\p{Cntrl}]{0,500}");
    }

    private Answer arrive(Call call) {
        OidcLogin oidc = oidc();
        Map<String, String> answer = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> each : call.message().query().entrySet()) {
            if (each.getValue().size() != 1) {
                throw Refusal.badRequest("the parameter " + each.getKey() + " stands there twice");
            }
            answer.put(each.getKey(), each.getValue().getFirst());
        }
        String name = "";
        boolean succeeded = false;
        try {
            OidcLogin.Arrived arrived = oidc.arrive(callback(call), answer, kept(call));
            name = arrived.name();
            succeeded = true;
            String page = base(call) + "/login#code=" + encoded(arrived.code()) + "&to=" + encoded(arrived.to());
            return Answer.redirect(page).kept(cookie(call, arrived.kept(), SHORT_SECONDS));
        } catch (ProblemException refused) {
            name = refused.problem().code();
            return failed(call, refused.problem());
        } finally {
            log.write(call, "loginByOidc", name, succeeded);
        }
    }

    private Answer session(Call call) {
        String token = oidc().session(call.required("code"), kept(call));
        return new Shown()
                .with("token", token)
                .with("expiresAt", features.clock.instant().plus(Tokens.SESSION).toString())
                .answer()
                .kept(cookie(call, "", 0));
    }

    private Answer end(Call call) {
        String page = base(call) + "/login";
        try {
            return Answer.redirect(
                    oidc().end(URI.create(page)).map(URI::toString).orElse(page));
        } catch (ProblemException unreachable) {
            return Answer.redirect(page);
        }
    }

    /** People are in a browser here, so the page tells them. */
    private Answer failed(Call call, Problem problem) {
        return Answer.redirect(base(call) + "/login#problem=" + problem.code() + "&message="
                        + encoded(problem.message() + ": " + problem.why() + "; " + problem.fix()))
                .kept(cookie(call, "", 0));
    }

    private URI callback(Call call) {
        return URI.create(base(call) + PATH + "/callback");
    }

    private String base(Call call) {
        String told = signIn.publicUrl();
        return told == null ? call.message().origin() : told;
    }

    private String cookie(Call call, String value, int seconds) {
        return COOKIE + "=" + value + "; Path=" + PATH + "; Max-Age=" + seconds + "; HttpOnly; SameSite=Lax"
                + (base(call).startsWith("https:") ? "; Secure" : "");
    }

    private static @Nullable String kept(Call call) {
        String cookies = call.header("cookie");
        if (cookies == null) {
            return null;
        }
        for (String each : cookies.split(";", -1)) {
            String[] parts = each.strip().split("=", 2);
            if (parts.length == 2 && parts[0].equals(COOKIE)) {
                return parts[1].replaceAll("^\"|\"$", ""); // some programs put quotes around it
            }
        }
        return null;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
