package dev.sluice.dist.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.fault.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an author does with the kit of the product, on a machine whose Maven knows nothing of Sluice: a source and a destination are made, built
 * without a network outside of this repository, hold their contracts, are dropped in and move rows.
 */
class KitTest {
    private static final String AGGREGATOR = """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>com.example</groupId>
          <artifactId>both</artifactId>
          <version>1</version>
          <packaging>pom</packaging>
          <modules>
            <module>my-shop</module>
            <module>my-lake</module>
          </modules>
        </project>
        """;

    /** Public artefacts come from where the build of this repository has them; those of Sluice from its product alone. */
    private static final String SETTINGS = """
        <settings>
          <mirrors>
            <mirror><id>there</id><mirrorOf>central</mirrorOf><url>HERE</url></mirror>
          </mirrors>
        </settings>
        """;

    private static final String PROJECT = """
        sources:
          shop:
            connector: my-shop
            config: {base_url: "ADDRESS", token: demo-token}
        destinations:
          lake:
            connector: my-lake
            config: {path: out}
        connections:
          shop-to-lake:
            source: shop
            destination: lake
            streams:
              items: {mode: incremental_append}
        """;

    private static final String SERVICE = "The service is at ";

    @TempDir
    Path folder;

    @Test
    void connectorsOfTheKitAreBuiltElsewhereAndMoveRows() throws IOException, InterruptedException {
        Sluice author = Sluice.in(folder);
        author.run("connector", "new", "my-shop", "--java").expect(0);
        author.run("connector", "new", "my-lake", "--java", "--destination", "--package", "org.lakes.demo")
                .expect(0);
        author.run("connector", "new", "my-lake", "--java").expect(2);
        build();
        assertThat(jars("my-shop"))
                .contains("sluice-connector-my-shop-0.1.0.jar")
                .noneMatch(jar -> jar.contains("spi"));

        Sluice product = author.by(droppedIn()).with("SLUICE_AOT", "off");
        assertThat(product.run("connectors", "list", "-o", "json").expect(0).out())
                .contains("\"my-shop\"", "\"my-lake\"");
        try (ChildProcess service = service()) {
            Files.writeString(folder.resolve("sluice.yaml"), PROJECT.replace("ADDRESS", address(service)));
            product.run("check").expect(0);
            assertThat(product.run("sync", "-o", "json").expect(0).out()).contains("250");
            product.run("sync").expect(0);
        }
        assertThat(lines())
                .as("each row once, after two runs")
                .hasSize(250)
                .anyMatch(line -> line.contains("item 250"));
    }

    /** With the whole suites of both. */
    private void build() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("pom.xml"), AGGREGATOR);
        Path here = Path.of(System.getProperty("localRepository", System.getProperty("user.home") + "/.m2/repository"));
        Files.writeString(
                folder.resolve("settings.xml"),
                SETTINGS.replace("HERE", here.toUri().toString()));
        Path log = folder.resolve("maven.log");
        ProcessBuilder maven = new ProcessBuilder(
                "mvn",
                "-B",
                "-o",
                "-Daether.offline.protocols=file",
                "-s",
                "settings.xml",
                "-Dmaven.repo.local=" + folder.resolve("repository"),
                "package");
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = maven.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        String said = Files.readString(log);
        assertThat(ended && process.exitValue() == 0).as(said).isTrue();
        assertThat(said).contains("MyShopContractTest", "MyLakeContractTest").doesNotContain("WARNING] Checksum");
    }

    private List<String> jars(String connector) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(connector).resolve("target/plugin"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** A product of its own, so that others do not find the connectors of this test; its launcher. */
    private Path droppedIn() throws IOException, InterruptedException {
        Path home = folder.resolve("product");
        Path plugins = Files.createDirectories(home.resolve("plugins"));
        Files.createSymbolicLink(home.resolve("lib"), Sluice.product().resolve("lib"));
        Path launcher = Files.createDirectories(home.resolve("bin")).resolve("sluice");
        Files.copy(Sluice.product().resolve("bin/sluice"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
        for (String each : List.of("airbyte", "sample")) {
            Files.createSymbolicLink(
                    plugins.resolve(each), Sluice.product().resolve("plugins").resolve(each));
        }
        for (String each : List.of("my-shop", "my-lake")) {
            ProcessBuilder install = new ProcessBuilder("./install")
                    .directory(folder.resolve(each).toFile());
            install.environment().putAll(Map.of("SLUICE_HOME_DIR", home.toString(), "NO_BUILD", "yes"));
            assertThat(install.redirectErrorStream(true).start().waitFor()).isZero();
        }
        return launcher;
    }

    private ChildProcess service() {
        Path code = folder.resolve("my-shop/src/test/java/com/example/myshop/DemoService.java");
        return ChildProcess.start(new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), code.toString(), "0"));
    }

    private static String address(ChildProcess service) {
        service.awaitLine(line -> line.contains(SERVICE));
        return service.out().stream()
                .filter(line -> line.contains(SERVICE))
                .findFirst()
                .orElseThrow()
                .substring(SERVICE.length());
    }

    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }
}
