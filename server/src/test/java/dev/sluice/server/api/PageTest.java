package dev.sluice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser gets of the page: its files, the page itself at each other address, and nothing that lies elsewhere. */
class PageTest {
    @TempDir
    Path folder;

    private URLClassLoader loader;
    private Page page;

    @BeforeEach
    void build() throws IOException {
        put("index.html", "<meta name=\"style-nonce\" content=\"__STYLE_NONCE__\">");
        put("favicon.svg", "<svg/>");
        put("assets/index-abc.js", "plain");
        put("assets/index-abc.js.br", "by brotli");
        put("assets/index-abc.js.gz", "by gzip");
        Files.writeString(folder.resolve("secret.json"), "{}");
        loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
        page = new Page(loader);
    }

    @AfterEach
    void close() throws IOException {
        loader.close();
    }

    private void put(String name, String text) throws IOException {
        Path file = folder.resolve("dev/sluice/web").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Optional<Answer> get(String path, String accepted) {
        return page.answer(new Message("GET", path, Map.of(), Map.of("accept-encoding", accepted), "", "127.0.0.1"));
    }

    private static String text(Answer answer) {
        return new String(answer.bytes(), StandardCharsets.UTF_8);
    }

    private static String policy(Answer answer) {
        return answer.headers().getOrDefault("Content-Security-Policy", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/login", "/w/2f0c/connections/77/status", "/w/x/sources/new"})
    void eachAddressThatIsNoCallShowsThePage(String path) {
        Answer answer = get(path, "").orElseThrow();
        assertThat(answer.type()).isEqualTo("text/html;charset=utf-8");
        assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/sluice/v1/me", "/v1/sources", "/openapi.json", "/metrics", "/applications/token", "/api"})
    void callsAreLeftToTheRoutes(String path) {
        assertThat(get(path, "")).isEmpty();
    }

    @Test
    void stylesOfThePageAreAllowedByANonceThatNobodyKnowsBefore() {
        String first = policy(get("/", "").orElseThrow());
        Answer second = get("/", "").orElseThrow();
        String policy = policy(second);
        assertThat(policy).isNotEqualTo(first).doesNotContain("unsafe").contains("script-src 'self';");
        String nonce = policy.replaceAll(".*'nonce-([^']+)'.*", "$1");
        assertThat(nonce).hasSizeGreaterThan(20);
        assertThat(text(second)).contains("content=\"" + nonce + "\"");
    }

    @Test
    void filesComeCompressedAsTheBrowserLikesAndAreKept() {
        assertThat(get("/assets/index-abc.js", "gzip, deflate, br"))
                .hasValueSatisfying(answer -> assertThat(text(answer)).isEqualTo("by brotli"));
        Answer answer = get("/assets/index-abc.js", "gzip;q=0.5, br;q=0").orElseThrow();
        assertThat(text(answer)).isEqualTo("by gzip");
        assertThat(answer.headers())
                .containsEntry("Content-Encoding", "gzip")
                .containsEntry("Vary", "Accept-Encoding")
                .containsEntry("Cache-Control", "public, max-age=31536000, immutable");
        Answer plain = get("/assets/index-abc.js", "").orElseThrow();
        assertThat(text(plain)).isEqualTo("plain");
        assertThat(plain.headers()).doesNotContainKey("Content-Encoding");
    }

    @Test
    void whatHasNoHashInItsNameIsAskedForAgain() {
        assertThat(get("/favicon.svg", "").orElseThrow().headers()).containsEntry("Cache-Control", "no-cache");
    }

    @Test
    void aFileThatIsNotThereIsNotThePage() {
        assertThat(get("/assets/index-old.js", "br")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/../secret.json", "/assets/../../secret.json", "/..%2fsecret.json", "/assets/..\\secret.json"})
    void nothingElseThatLiesThereIsShown(String path) {
        get(path, "").ifPresent(answer -> assertThat(text(answer)).contains("style-nonce"));
    }

    @Test
    void onlyLookingShowsIt() {
        assertThat(page.answer(new Message("POST", "/", Map.of(), Map.of(), "", "127.0.0.1")))
                .isEmpty();
    }

    @Test
    void aServerWithoutItSaysSoAndHowToGetIt() throws IOException {
        try (URLClassLoader nothing = new URLClassLoader(new URL[0], null)) {
            page = new Page(nothing);
            Answer answer = get("/", "").orElseThrow();
            assertThat(text(answer)).contains("without its page").contains("-Dweb.skip");
            assertThat(List.of(get("/login", ""), get("/assets/index-abc.js", "br")))
                    .containsOnly(Optional.empty());
        }
    }
}
