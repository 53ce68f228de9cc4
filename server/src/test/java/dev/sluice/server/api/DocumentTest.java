package dev.sluice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.auth.LoginRules;
import dev.sluice.server.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The document of the API: it says what the routes do. That answers have its shapes is seen by the client of the other tests. */
class DocumentTest {
    private final ApiHouse house = new ApiHouse(LoginRules.NONE);

    @AfterEach
    void close() {
        house.close();
    }

    private Map<String, @Nullable Object> document() {
        return JsonText.object(house.send("GET", "/openapi.json", null, null).text());
    }

    private static void references(@Nullable Object value, Set<String> found) {
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((name, part) -> {
                    if ("$ref".equals(name)) {
                        found.add(String.valueOf(part));
                    } else {
                        references(part, found);
                    }
                });
            case List<?> list -> list.forEach(part -> references(part, found));
            case null, default -> {}
        }
    }

    @Test
    void eachRouteIsInTheDocumentAndNothingElse() {
        Map<String, @Nullable Object> paths = JsonText.members(document().get("paths"));
        Set<String> documented = new TreeSet<>();
        List<String> names = new ArrayList<>();
        paths.forEach((path, item) -> JsonText.members(item).forEach((method, operation) -> {
            documented.add(method.toUpperCase(Locale.ROOT) + " " + path);
            names.add(String.valueOf(JsonText.members(operation).get("operationId")));
        }));
        Set<String> routes = new TreeSet<>();
        house.router
                .entries()
                .forEach(entry -> routes.add(entry.route().method() + " " + entry.prefix()
                        + entry.route().path()));
        assertThat(documented).isEqualTo(routes);
        assertThat(names).doesNotHaveDuplicates();
        assertThat(house.router.entries()).hasSameSizeAs(routes);
    }

    @Test
    void eachShapeIsThereAndUsed() {
        Map<String, @Nullable Object> document = document();
        Set<String> used = new HashSet<>();
        references(document, used);
        Set<String> there = new HashSet<>();
        JsonText.members(JsonText.members(document.get("components")).get("schemas"))
                .keySet()
                .forEach(name -> there.add("#/components/schemas/" + name));
        assertThat(used).isEqualTo(there);
    }

    /** The page is compiled against the document that is kept beside it. */
    @Test
    void thePageIsMadeForThisDocument() throws IOException {
        String text = house.send("GET", "/openapi.json", null, null).text();
        Path made = Files.writeString(Path.of("target", "openapi.json"), text);
        assertThat(JsonText.object(text)
                        .equals(JsonText.object(Files.readString(Path.of("..", "web", "openapi.json")))))
                .as("the page is made for another document; keep this one: node web/scripts/document.mjs server/"
                        + made)
                .isTrue();
    }

    @Test
    void theRoutesThatClientsCallFirstAreThere() {
        Set<String> routes = new HashSet<>();
        house.router
                .entries()
                .forEach(entry -> routes.add(entry.route().method() + " " + entry.prefix()
                        + entry.route().path()));
        List<String> wanted = new ArrayList<>(List.of(
                "GET /health",
                "POST /applications/token",
                "GET /streams",
                "GET /jobs",
                "POST /jobs",
                "GET /jobs/{jobId}",
                "DELETE /jobs/{jobId}"));
        for (String resource : List.of("workspaces", "sources", "destinations", "connections")) {
            String id = "/" + resource + "/{" + resource.substring(0, resource.length() - 1) + "Id}";
            wanted.addAll(List.of("GET /" + resource, "POST /" + resource, "GET " + id, "PATCH " + id, "DELETE " + id));
        }
        for (String line : wanted) {
            assertThat(routes).contains(line.replace(" /", " /v1/"), line.replace(" /", " /api/public/v1/"));
        }
        assertThat(routes).contains("POST /applications/token", "POST /api/v1/applications/token");
    }
}
