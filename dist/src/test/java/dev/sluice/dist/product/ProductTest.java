package dev.sluice.dist.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The assembled product does its work in processes of its own, with each connector in a class loader of its own. */
class ProductTest {
    @TempDir
    Path directory;

    @Test
    void saysItsVersionAndNothingElse() {
        Sluice.Result version = sluice("version").expect(0);

        assertThat(version.out()).startsWith("sluice ").hasLineCount(1);
        assertThat(version.err()).isEmpty();
    }

    @Test
    void hasEveryConnectorOfTheRepository() throws IOException {
        List<String> modules;
        try (Stream<Path> folders = Files.list(Path.of("../connectors"))) {
            // Beside the connectors lies the room that makes connectors of other programs.
            modules = Stream.concat(folders, Stream.of(Path.of("../airbyte")))
                    .filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
        Sluice.Result list = sluice("connectors", "list", "-o", "json").expect(0);

        assertThat(names(Sluice.product().resolve("plugins"))).isEqualTo(modules);
        // One room has many connectors, which are definitions of systems.
        assertThat(modules)
                .contains("activation")
                .filteredOn(name -> !name.equals("activation"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(list.out()).contains("\"" + name + "\""));
        assertThat(list.out()).contains("\"hubspot\"", "\"salesforce\"", "\"webhook\"");
    }

    @Test
    void lendsThePluginsTheSpiAndBringsItOnlyOnce() throws IOException {
        try (Stream<Path> files = Files.walk(Sluice.product().resolve("plugins"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("sluice-spi") || name.startsWith("jspecify"));
        }
        assertThat(names(Sluice.product().resolve("lib")))
                .filteredOn(name -> name.startsWith("sluice-spi") || name.startsWith("jspecify"))
                .hasSize(2);
    }

    @Test
    void bringsEachLibraryInOneVersionAPlace() throws IOException {
        Path product = Sluice.product();
        List<Path> places = Stream.concat(Stream.of(product.resolve("lib")), folders(product.resolve("plugins")))
                .toList();
        for (Path place : places) {
            assertThat(classes(place)).as(place.toString()).isNotEmpty().doesNotHaveDuplicates();
        }
    }

    /** The classes of all libraries of a folder; two versions of a library have the same ones unless they may stand together. */
    private static List<String> classes(Path place) throws IOException {
        List<String> classes = new ArrayList<>();
        for (String name : names(place)) {
            if (name.endsWith(".jar")) {
                try (JarFile jar = new JarFile(place.resolve(name).toFile())) {
                    jar.stream()
                            .map(JarEntry::getName)
                            .filter(entry -> entry.endsWith(".class"))
                            .filter(entry -> !entry.startsWith("META-INF/") && !entry.equals("module-info.class"))
                            .forEach(classes::add);
                }
            }
        }
        return classes;
    }

    @Test
    void readsItsStandardInput() throws IOException {
        Path rows = Files.writeString(directory.resolve("rows.csv"), "id\n1\n2\n");
        Sluice.Result run = Sluice.in(directory)
                .reading(rows)
                .run("run", "--from", "-", "--to", "discard:", "-o", "json")
                .expect(0);

        assertThat(run.out()).contains("\"rows_loaded\":2");
    }

    @Test
    void movesAFileIntoDuckDb() throws IOException {
        Files.writeString(directory.resolve("orders.csv"), "id,name\n1,Grüße\n2,東京\n3,\n");
        sluice("run", "--from", "orders.csv", "--to", "duckdb:shop.duckdb").expect(0);

        assertThat(sluice("preview", "duckdb:shop.duckdb").expect(0).out()).contains("Grüße", "東京");
    }

    @Test
    void loadsTheLibrariesOfAStoreWithItsFirstAddress() {
        Sluice.Result run = Sluice.in(directory)
                .with("AWS_ACCESS_KEY_ID", "somebody")
                .with("AWS_SECRET_ACCESS_KEY", "nobody-is-told")
                .run("run", "--from", "s3://lake/orders.csv?s3_endpoint=http://127.0.0.1:1", "--to", "discard:")
                .expect(3);

        assertThat(run.err())
                .contains("E_STORE_UNREACHABLE", "s3://lake/orders.csv")
                .doesNotContain("nobody-is-told");
    }

    @Test
    void loadsThoseOfAzureLikewise() {
        Sluice.Result run = Sluice.in(directory)
                .with("AZURE_STORAGE_ACCOUNT", "shop")
                .with("AZURE_STORAGE_KEY", "bm9ib2R5LWlzLXRvbGQ=")
                .run("run", "--from", "azure://lake@127.0.0.1:1/orders.csv", "--to", "discard:")
                .expect(3);

        assertThat(run.err()).contains("E_STORE_UNREACHABLE").doesNotContain("bm9ib2R5LWlzLXRvbGQ");
    }

    @Test
    void namesTheServerOfSftpThatDoesNotAnswer() {
        Sluice.Result run = sluice("run", "--from", "sftp://ann@127.0.0.1:1/orders.csv", "--to", "discard:")
                .expect(3);

        assertThat(run.err()).contains("E_STORE_UNREACHABLE", "sftp://ann@127.0.0.1:1");
    }

    @Test
    void endsWithTheCodeThatTellsWhoIsToAct() {
        sluice("sync", "none.yaml").expect(2);
        sluice("frobnicate").expect(2);
        sluice("run", "--from", "missing.csv", "--to", "discard:").expect(2);
    }

    @Test
    void takesOptionsOfTheVirtualMachine() {
        Sluice.Result doctor = Sluice.in(directory)
                .withOption("-Xmx200m")
                .withOption("-XX:+UseSerialGC")
                .run("doctor");

        assertThat(doctor.out()).containsPattern("memory +(19|20)\\d MB heap");
    }

    private Sluice.Result sluice(String... arguments) {
        return Sluice.in(directory).run(arguments);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Stream<Path> folders(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
