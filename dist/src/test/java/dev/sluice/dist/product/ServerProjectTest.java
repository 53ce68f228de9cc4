package dev.sluice.dist.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.fault.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same project file for the terminal and for a server: applied there, nothing differs; exported, it is the same again. */
class ServerProjectTest {
    private static final int DIFFERS = 5;
    private static final String PROJECT = """
        sources:
          shop:
            connector: sample
            config: {count: 50}
        destinations:
          lake:
            connector: sqlite
            config: {path: lake.sqlite}
        connections:
          shop-to-lake:
            source: shop
            destination: lake
            schedule: {cron: "0 0 6 * * ?", timezone: Europe/Vienna}
            tags: [finance, daily]
            streams:
              users:
                mode: incremental_append_deduped
                cursor: updated_at
                mappers:
                  - hash: {field: email, key: "${PEPPER}"}
                  - filter: id <= 40
              purchases: {mode: full_refresh_overwrite, fields: {exclude: [returned_at]}}
        """;

    @TempDir
    Path folder;

    @Test
    void planThenApplyThenPlanIsEmptyAndTheExportIsTheSameProject() throws IOException {
        Files.writeString(folder.resolve("shop.yaml"), PROJECT);
        try (ChildProcess server = Sluice.in(folder).start("server", "--port", "0", "--data", "data")) {
            Sluice sluice = Sluice.in(folder)
                    .with("SLUICE_SERVER", ServerTest.address(server))
                    .with("PEPPER", "canary-pepper");
            assertThat(sluice.run("diff", "shop.yaml", "--exit-code")
                            .expect(DIFFERS)
                            .out())
                    .contains("source shop", "destination lake", "connection shop-to-lake", "3 changes to make");
            String address = ServerTest.address(server);
            assertThat(sluice.run("diff", "shop.yaml", "--remove", "--server", address)
                            .expect(0)
                            .out())
                    .as("what is proposed is for the same server")
                    .contains("apply shop.yaml --server " + address + " --remove`");
            assertThat(sluice.run("apply", "shop.yaml").expect(2).err()).contains("--yes");
            assertThat(sluice.run("apply", "shop.yaml", "--yes").expect(0).out())
                    .contains("3 changes made", "2 streams");
            sluice.run("diff", "shop.yaml", "--exit-code").expect(0);
            assertThat(sluice.run("plan", "shop.yaml", "--server", ServerTest.address(server), "--exit-code")
                            .expect(0)
                            .out())
                    .contains("the server is as the project says");

            sluice.run("export", "--out", "exported.yaml").expect(0);
            String exported = Files.readString(folder.resolve("exported.yaml"));
            assertThat(exported).doesNotContain("canary").contains("Europe/Vienna", "finance", "returned_at");
            String variable = exported.replaceAll("(?s).*\\$\\{(\\w+)}.*", "$1");
            sluice.with(variable, "canary-pepper")
                    .run("diff", "exported.yaml", "--remove", "--exit-code")
                    .expect(0);
            assertThat(sluice.with(variable, "another-pepper")
                            .run("diff", "exported.yaml", "--exit-code")
                            .expect(DIFFERS)
                            .out())
                    .contains("another key")
                    .doesNotContain("another-pepper");
        }
    }

    @Test
    void withoutAServerItSaysHowToGetOne() throws IOException {
        Files.writeString(folder.resolve("shop.yaml"), PROJECT);
        assertThat(Sluice.in(folder)
                        .with("PEPPER", "p")
                        .run("diff", "shop.yaml", "--server", "http://127.0.0.1:1")
                        .expect(3)
                        .err())
                .contains("cannot be reached", "sluice server");
    }
}
