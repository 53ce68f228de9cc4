package dev.sluice.dist.structure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may know whom. Dependencies point down: cli, engine, spi; and connectors, cdk, spi. */
class ArchitectureTest {
    private static final List<String> JDK = List.of("java..", "javax..");
    private static final String JSPECIFY = "org.jspecify..";

    /** The packages of the server, each below those that may know it. */
    private static final List<String> SERVER = List.of(
            "json",
            "store",
            "net",
            "workspaces",
            "secrets",
            "definitions",
            "oauth",
            "actors",
            "schemas",
            "tags",
            "connections",
            "drafts",
            "builder",
            "leases",
            "states",
            "jobs",
            "drift",
            "runs",
            "scheduler",
            "timeline",
            "alerts",
            "notify",
            "auth",
            "telemetry",
            "project",
            "api",
            "web",
            "boot");

    private static final JavaClasses PRODUCT = new ClassFileImporter().importPaths(Checkout.mainClasses());

    @Test
    void theSpiKnowsTheJdkAndJspecifyOnly() {
        // So no type of anybody else can be in one of its signatures.
        classes()
                .that()
                .resideInAPackage("dev.sluice.spi..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(jdkAnd(JSPECIFY, "dev.sluice.spi.."))
                .check(PRODUCT);
    }

    @Test
    void theEngineKnowsTheSpiOnly() {
        classes()
                .that()
                .resideInAPackage("dev.sluice.engine..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(jdkAnd(JSPECIFY, "dev.sluice.spi..", "dev.sluice.engine.."))
                .check(PRODUCT);
    }

    @Test
    void theEngineSpeaksNeitherSqlNorHttp() {
        noClasses()
                .that()
                .resideInAPackage("dev.sluice.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "java.net.http..")
                .check(PRODUCT);
    }

    @Test
    void theKitsForConnectorsKnowNeitherHostNorConnector() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.sluice.cdk..", "dev.sluice.duckdb..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.sluice.engine..", "dev.sluice.cli..", "dev.sluice.server..", "dev.sluice.connector..")
                .check(PRODUCT);
    }

    @Test
    void terminalAndServerKnowNoConnector() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.sluice.cli..", "dev.sluice.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.sluice.cdk..", "dev.sluice.duckdb..", "dev.sluice.connector..")
                .check(PRODUCT);
    }

    @Test
    void connectorsDoNotKnowTheHost() {
        noClasses()
                .that()
                .resideInAPackage("dev.sluice.connector..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.sluice.engine..", "dev.sluice.cli..", "dev.sluice.server..")
                .check(PRODUCT);
    }

    @Test
    void manifestsKnowTheSpiOnly() {
        noClasses()
                .that()
                .resideInAPackage("dev.sluice.lowcode..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.sluice.engine..", "dev.sluice.cli..", "dev.sluice.server..", "dev.sluice.connector..")
                .check(PRODUCT);
    }

    @Test
    void noConnectorKnowsAnother() {
        slices().matching("dev.sluice.connector.(*)..")
                .should()
                .notDependOnEachOther()
                .check(PRODUCT);
    }

    @Test
    void theServerDoesNotKnowTheTerminal() {
        noClasses()
                .that()
                .resideInAPackage("dev.sluice.server..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.sluice.cli..")
                .check(PRODUCT);
    }

    @Test
    void packagesOfTheServerKnowOnlyThoseBelowThem() {
        for (int i = 0; i < SERVER.size() - 1; i++) {
            noClasses()
                    .that()
                    .resideInAPackage("dev.sluice.server." + SERVER.get(i) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(SERVER.subList(i + 1, SERVER.size()).stream()
                            .map(above -> "dev.sluice.server." + above + "..")
                            .toArray(String[]::new))
                    .allowEmptyShould(true)
                    .check(PRODUCT);
        }
        assertThat(PRODUCT.stream()
                        .map(type -> type.getPackageName())
                        .filter(name -> name.startsWith("dev.sluice.server."))
                        .map(name -> name.replaceFirst("^dev\\.sluice\\.server\\.(\\w+).*", "$1")))
                .as("packages whose place is not said")
                .isSubsetOf(SERVER);
    }

    @Test
    void nothingOfTheProductKnowsTheTests() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.sluice.testkit..", "dev.sluice.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.sluice.testkit..", "org.junit..", "org.assertj..")
                .check(PRODUCT);
    }

    @Test
    void whatRunsOnAServerFollowsRedirectsItself() {
        // Of a redirect that the JDK's client follows by itself, the guard of the process never hears.
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.sluice.cli..", "dev.sluice.testkit..", "dev.sluice.bench..")
                .should()
                .accessField(HttpClient.Redirect.class, "NORMAL")
                .orShould()
                .accessField(HttpClient.Redirect.class, "ALWAYS")
                .check(PRODUCT);
    }

    @Test
    void packagesDoNotKnowEachOtherInCircles() {
        slices().matching("dev.sluice.(**)").should().beFreeOfCycles().check(PRODUCT);
    }

    @Test
    void allModulesWereSeen() {
        assertThat(PRODUCT.stream().map(type -> type.getPackageName().replaceFirst("^dev\\.sluice\\.(\\w+).*", "$1")))
                .contains("spi", "engine", "cdk", "duckdb", "connector", "cli", "server", "testkit");
    }

    private static String[] jdkAnd(String... others) {
        List<String> packages = new ArrayList<>(JDK);
        packages.addAll(List.of(others));
        return packages.toArray(String[]::new);
    }
}
