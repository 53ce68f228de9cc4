package dev.sluice.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.server.Programs;
import dev.sluice.server.jobs.Limits;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.StoreLocation;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in with a provider of OpenID Connect that others wrote, as a browser does it, on a whole server. */
class OidcProviderTest {
    private static final String PROVIDER = "oidc-provider@9.13.3";
    private static final Pattern FORM = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");
    private static final Pattern PROMPT = Pattern.compile("name=\"prompt\" value=\"(\\w+)\"");
    private static final int MOST_STEPS = 20;

    @TempDir
    Path directory;

    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Goes where it is sent, fills in what it is asked, and stops where the page of the server would go on. */
    private URI follow(URI from) throws IOException, InterruptedException {
        URI at = from;
        HttpRequest.Builder next = HttpRequest.newBuilder(at);
        for (int step = 0; step < MOST_STEPS; step++) {
            HttpResponse<String> response = send(next);
            if (response.statusCode() / 100 == 3) {
                at = at.resolve(response.headers().firstValue("location").orElseThrow());
                if (at.getPath().equals("/login")) {
                    return at;
                }
                next = HttpRequest.newBuilder(at);
                continue;
            }
            Matcher form = FORM.matcher(response.body());
            Matcher prompt = PROMPT.matcher(response.body());
            assertThat(form.find() && prompt.find())
                    .as(at + " " + response.body())
                    .isTrue();
            at = at.resolve(form.group(1));
            next = HttpRequest.newBuilder(at)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "prompt=" + prompt.group(1) + "&login=ann&password=anything"));
        }
        throw new AssertionError("no end at " + at);
    }

    private static String part(URI page, String name) {
        for (String pair : page.getRawFragment().split("&")) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        throw new AssertionError("no " + name + " in " + page);
    }

    private Map<String, @Nullable Object> ask(String address, @Nullable String token, @Nullable Map<String, ?> body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        if (body != null) {
            request.POST(HttpRequest.BodyPublishers.ofString(JsonText.write(body)));
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = send(request);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonText.object(response.body());
    }

    @Test
    void somebodySignsInAndOutAsWithAnyProvider() throws IOException, InterruptedException {
        Programs programs = new Programs(directory);
        assumeTrue(programs.node(PROVIDER), "Node or its registry cannot be reached from here");
        Process process = new ProcessBuilder(
                        "node",
                        programs.script(OidcProviderTest.class, "oidc_provider.mjs")
                                .toString())
                .directory(directory.toFile())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        try (BufferedReader said = process.inputReader()) {
            String issuer = "http://127.0.0.1:" + said.readLine().replace("port ", "");
            Path data = directory.resolve("data");
            Map<String, String> environment = Map.of(
                    "SLUICE_OIDC_ISSUER", issuer,
                    "SLUICE_OIDC_CLIENT_ID", "sluice",
                    "SLUICE_OIDC_CLIENT_SECRET", "only the two know it",
                    "SLUICE_OIDC_NAME", "Our people",
                    "SLUICE_OIDC_SCOPES", "openid email profile groups",
                    "SLUICE_OIDC_ROLES", "admins=instance_admin");
            Server.Options options = new Server.Options(
                    data, new StoreLocation.Directory(data), Limits.USUAL, "127.0.0.1", 0, environment);
            try (ConnectorRegistry registry = ConnectorRegistry.ofClassPath(OidcProviderTest.class.getClassLoader());
                    Server server = Server.start(options, registry, Clock.systemUTC())) {
                process.outputWriter().write(server.address() + "\n");
                process.outputWriter().flush();
                assertThat(said.readLine()).isEqualTo("ready");
                signInAndOut(server.address(), issuer);
            } finally {
                browser.close();
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private void signInAndOut(String address, String issuer) throws IOException, InterruptedException {
        String own = address + "/api/sluice/v1";
        Map<String, @Nullable Object> methods = ask(own + "/login/methods", null, null);
        assertThat(methods).containsEntry("loginRequired", true);
        Map<String, @Nullable Object> oidc = JsonText.members(methods.get("oidc"));
        assertThat(oidc).containsEntry("name", "Our people");

        URI page = follow(URI.create(address + oidc.get("login") + "?to=%2Fjobs%3Fa%3Db"));
        assertThat(part(page, "to")).isEqualTo("/jobs?a=b");
        Map<String, String> code = Map.of("code", part(page, "code"));
        String token = String.valueOf(ask(own + "/oidc/session", null, code).get("token"));
        Map<String, @Nullable Object> me = ask(own + "/me", token, null);
        assertThat(me).containsEntry("name", "ann@example.org");
        assertThat(me.get("roles")).isEqualTo(List.of(Map.of("role", "instance_admin")));
        HttpRequest.Builder again = HttpRequest.newBuilder(URI.create(own + "/oidc/session"))
                .POST(HttpRequest.BodyPublishers.ofString(JsonText.write(code)));
        assertThat(send(again).statusCode()).as("a code counts once").isEqualTo(403);
        String log = ask(own + "/audit", token, null).toString();
        assertThat(log).contains("operation=loginByOidc").doesNotContain(part(page, "code"));

        URI elsewhere = follow(URI.create(address + oidc.get("login") + "?to=%2F%2Fevil.example"));
        assertThat(part(elsewhere, "to")).as("never to somebody else's page").isEqualTo("/");
        HttpResponse<String> out = send(HttpRequest.newBuilder(URI.create(address + oidc.get("logout"))));
        assertThat(out.headers().firstValue("location").orElseThrow()).startsWith(issuer + "/session/end?");

        HttpResponse<String> forged =
                send(HttpRequest.newBuilder(URI.create(own + "/oidc/callback?code=c&state=forged")));
        URI told = URI.create(forged.headers().firstValue("location").orElseThrow());
        assertThat(part(told, "problem")).startsWith("E_OIDC_");
        assertThat(part(told, "message")).contains("sign in again");
        HttpRequest.Builder leave = HttpRequest.newBuilder(URI.create(own + "/logout"))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody());
        assertThat(send(leave).statusCode()).isEqualTo(204);
    }
}
