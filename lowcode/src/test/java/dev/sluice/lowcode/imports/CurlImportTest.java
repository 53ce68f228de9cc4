package dev.sluice.lowcode.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lowcode.manifest.Manifest;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.spi.problem.ProblemException;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands as people copy them become streams, and no secret of one gets into the manifest. */
class CurlImportTest {
    private static final String CANARY = "canary7f3a";

    /** Without the second of two quotes, as YAML writes one in quotes. */
    private static String plain(Imported imported) {
        return imported.manifest().replace("''", "'");
    }

    private static Imported imported(String command) {
        Imported imported = CurlImport.of(command);
        assertThat(imported.manifest() + imported.notes() + imported).doesNotContain(CANARY);
        Manifest.read("imported.yaml", imported.manifest());
        return imported;
    }

    @Test
    void aCommandOfDocumentationBecomesAStream() {
        Imported imported = imported("""
            curl "https://api.example.com/v1/customers?limit=50&offset=0&status=active" \\
              -H "Accept: application/json" \\
              -H "Authorization: Bearer canary7f3a"
            """);
        assertThat(plain(imported))
                .contains("url_base: https://api.example.com", "path: /v1/customers", "http_method: GET")
                .contains("name: customers", "type: BearerAuthenticator", "{{ config['api_token'] }}", "status: active")
                .contains("type: OffsetIncrement", "page_size: 50", "field_name: offset", "field_name: limit")
                .contains("airbyte_secret: true");
        assertThat(imported.inputs()).containsEntry("api_token", CANARY);
        assertThat(imported.notes()).anyMatch(note -> note.contains("records"));
    }

    @Test
    void aBodyOfJsonIsSentAndItsSecretsAreAskedFor() {
        Imported imported = imported("curl -X POST https://example.com/search --json "
                + "'{\"query\": {\"state\": \"open\", \"api_token\": \"canary7f3a\"}, \"first\": 10}'");
        assertThat(plain(imported))
                .contains("http_method: POST", "request_body_json:", "state: open", "first: 10")
                .contains("api_token: '{{ config['api_token'] }}'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl -u me:canary7f3a https://example.com/things",
                "curl --user 'me:canary7f3a' --url https://example.com/things",
                "curl https://me:canary7f3a@example.com/things",
                "curl https://example.com/things -H 'authorization: basic bWU6Y2FuYXJ5N2YzYQ=='"
            })
    void loginsAreRecognised(String command) {
        Imported imported = imported(command);
        assertThat(plain(imported)).contains("type: BasicHttpAuthenticator", "{{ config['password'] }}");
        assertThat(imported.inputs()).containsEntry("username", "me").containsEntry("password", CANARY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl https://example.com/things -H'X-Api-Key: canary7f3a'",
                "curl 'https://example.com/things?apikey=canary7f3a&page=1'",
                "curl https://example.com/things --header \"Authorization: Token canary7f3a\"",
                "curl -G https://example.com/things -d key=canary7f3a -d per_page=20",
                "curl https://example.com/things -b 'session=canary7f3a'",
                "curl https://example.com/things -d 'client_secret=canary7f3a&x=1'",
                "curl.exe ^\nhttps://example.com/things -H \"x-auth-token: canary7f3a\"",
                "TOKEN=1 curl -sSL --compressed 'https://example.com/things' -H $'X-Access-Token: canary\\x37f3a' | jq"
                        + " .",
                "curl https://example.com/things --oauth2-bearer canary7f3a"
            })
    void keysAreRecognisedWhereverTheyStand(String command) {
        Imported imported = imported(command);
        assertThat(plain(imported)).contains("airbyte_secret: true", "name: things");
        assertThat(imported.inputs().values()).anyMatch(value -> value.contains(CANARY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wget https://example.com",
                "curl",
                "curl 'https://example.com",
                "curl ftp://example.com/x",
                "curl -X DELETE https://example.com/x",
                "curl https://example.com/x -d @body.json",
                "curl http://",
                "curl 'http://exa mple:port/'"
            })
    void whatIsNoCommandIsSaid(String command) {
        assertThatThrownBy(() -> CurlImport.of(command)).isInstanceOfSatisfying(ProblemException.class, failure -> {
            assertThat(failure.problem().code()).isEqualTo("E_IMPORT_CURL");
            assertThat(failure.problem().why()).isNotBlank();
            assertThat(failure.problem().fix()).isNotBlank();
        });
        assertThatThrownBy(() -> CurlImport.of("curl https://example.com/" + "x".repeat(1 << 20)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void textsThatLookLikeTemplatesStandForThemselves() {
        Templates templates = new Templates(Clock.systemUTC());
        for (String text : List.of("{{ config }}", "a{%x", "it's {# \\n {{'x'}} \n end", "plain", "}} %}")) {
            assertThat(templates.text(Draft.literal(text), Scope.EMPTY)).isEqualTo(text);
        }
        assertThat(plain(imported("curl 'https://example.com/a?q={{ config }}&r={%x'")))
                .contains("{{ '{{ config }}' }}");
    }

    /** Any words survive the quotes of the shell. */
    @Test
    void wordsComeBackOutOfTheirQuotes() {
        Random random = new Random(20_261_127);
        String letters = "ab '\"\\$\n\t&?{}|;`" + Character.toString(0xE9) + Character.toString(0x1F680);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder word = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                word.append(letters.charAt(random.nextInt(letters.length())));
            }
            String text = word.toString();
            String quoted = "'" + text.replace("'", "'\\''") + "'";
            String doubled = '"' + text.replaceAll("([\"\\\\$`])", "\\\\$1") + '"';
            assertThat(ShellWords.of("curl " + quoted + " x")).isEqualTo(List.of("curl", text, "x"));
            assertThat(ShellWords.of(doubled)).isEqualTo(List.of(text));
        }
    }

    /** Whatever is pasted, it becomes a manifest that can be read, or is refused by a problem. */
    @Test
    void nothingThatIsPastedBreaksIt() {
        Random random = new Random(20_261_127);
        List<String> parts = List.of(
                "curl",
                "-H",
                "'a: b'",
                "-d",
                "{}",
                "{\"a\":[1,{\"b\":null}]}",
                "https://x.y/z",
                "-u",
                "--json",
                "'",
                "\"",
                "\\",
                "-X",
                "POST",
                "&a=%zz",
                "{{",
                "%}",
                "\n",
                "?page=1",
                "-G",
                "--data-urlencode",
                "=",
                ":",
                "-b");
        for (int round = 0; round < 3_000; round++) {
            StringBuilder command = new StringBuilder("curl https://x.y/z ");
            for (int i = random.nextInt(8); i >= 0; i--) {
                command.append(parts.get(random.nextInt(parts.size()))).append(random.nextBoolean() ? " " : "");
            }
            try {
                Manifest.read("imported.yaml", CurlImport.of(command.toString()).manifest());
            } catch (ProblemException refused) {
                assertThat(refused.problem().code()).as(command.toString()).isEqualTo("E_IMPORT_CURL");
            }
        }
    }
}
