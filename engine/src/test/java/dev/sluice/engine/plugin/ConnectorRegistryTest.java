package dev.sluice.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.connector.Connector;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorRegistryTest {
    @TempDir
    Path plugins;

    @BeforeEach
    void forgetWhatWasMade() {
        System.clearProperty("made.alpha");
        System.clearProperty("made.beta");
    }

    @Test
    void runsTwoPluginsWithTwoVersionsOfOneLibrary() throws IOException {
        PluginJars.install(plugins, "alpha", "Source", "1");
        PluginJars.install(plugins, "beta", "Destination", "2");
        try (ConnectorRegistry registry = ConnectorRegistry.ofDirectory(plugins)) {
            assertThat(registry.source("alpha").title()).isEqualTo("library 1");
            assertThat(registry.destination("beta").title()).isEqualTo("library 2");
            assertThat(registry.problems()).isEmpty();
        }
    }

    @Test
    void opensOnlyThePluginThatIsAskedFor() throws IOException {
        PluginJars.install(plugins, "alpha", "Source", "1");
        PluginJars.install(plugins, "beta", "Source", "1");
        try (ConnectorRegistry registry = ConnectorRegistry.ofDirectory(plugins)) {
            registry.source("beta");
            assertThat(System.getProperty("made.beta")).isEqualTo("true");
            assertThat(System.getProperty("made.alpha")).isNull();
        }
    }

    @Test
    void oneForGoodIsNotClosed() throws IOException {
        PluginJars.install(plugins, "alpha", "Source", "1");
        ConnectorRegistry registry = ConnectorRegistry.ofDirectoryForGood(plugins);
        Connector before = registry.source("alpha");
        registry.close();
        assertThat(registry.source("alpha").title()).isEqualTo("library 1");
        assertThat(registry.source("alpha")).isSameAs(before);
    }

    @Test
    void findsAConnectorInAFolderOfAnotherName() throws IOException {
        PluginJars.install(plugins, "alpha", "Source", "1");
        Files.move(plugins.resolve("alpha"), plugins.resolve("company-pack"));
        try (ConnectorRegistry registry = ConnectorRegistry.ofDirectory(plugins)) {
            assertThat(registry.source("alpha").name()).isEqualTo("alpha");
            assertThat(registry.sources()).extracting(Connector::name).containsExactly("alpha");
        }
    }

    @Test
    void showsAPluginNothingOfTheHostButTheSpi() throws IOException {
        PluginJars.install(plugins, "alpha", "Source", "1");
        try (ConnectorRegistry registry = ConnectorRegistry.ofDirectory(plugins)) {
            assertThat(registry.source("alpha").spec()).isEqualTo("nothing Driver");
        }
    }

    @Test
    void setsTheContextClassLoaderAroundCallsAndPutsItBack() throws IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        PluginJars.install(plugins, "alpha", "Source", "1");
        try (ConnectorRegistry registry = ConnectorRegistry.ofDirectory(plugins)) {
            assertThat(registry.source("alpha").summary()).isEqualTo("plugin alpha");
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
        }
    }

    @Test
    void namesTheJarAndTheCauseOfABrokenPluginAndKeepsTheOthers() throws IOException {
        PluginJars.install(plugins, "alpha", "Source", "1");
        PluginJars.install(plugins, "beta", "Source", "1");
        Files.writeString(plugins.resolve("alpha/lib.jar"), "not a jar");
        try (ConnectorRegistry registry = ConnectorRegistry.ofDirectory(plugins)) {
            Problem problem = problemOf(() -> registry.source("alpha"));
            assertThat(problem.code()).isEqualTo("E_PLUGIN_BROKEN");
            assertThat(problem.kind()).isEqualTo(ProblemKind.RESOURCE);
            assertThat(problem.where()).endsWith("lib.jar");
            assertThat(problem.why()).contains("zip");
            assertThat(registry.sources()).extracting(Connector::name).containsExactly("beta");
            assertThat(registry.problems()).containsExactly(problem);
        }
    }

    @Test
    void namesTheJarWhoseConnectorCannotBeMade() throws IOException {
        PluginJars.install(plugins, "alpha", "Source", "1");
        Files.delete(plugins.resolve("alpha/alpha.jar"));
        PluginJars.jar(
                plugins.resolve("alpha/alpha.jar"),
                Files.createTempDirectory("empty"),
                plugins,
                "META-INF/services/" + SourceConnector.class.getName(),
                "plugin.alpha.Alpha");
        try (ConnectorRegistry registry = ConnectorRegistry.ofDirectory(plugins)) {
            Problem problem = problemOf(() -> registry.source("alpha"));
            assertThat(problem.where()).isEqualTo("alpha.jar");
            assertThat(problem.why()).contains("plugin.alpha.Alpha");
        }
    }

    @Test
    void saysWhichLibraryAConnectorLacksOnceItIsUsed() throws IOException {
        PluginJars.install(plugins, "alpha", "Source", "1");
        try (ConnectorRegistry registry = ConnectorRegistry.ofDirectory(plugins)) {
            SourceConnector connector = registry.source("alpha");
            Problem problem = problemOf(() -> connector.open(Config.of(Map.of()), new Quiet()));
            assertThat(problem.code()).isEqualTo("E_PLUGIN_BROKEN");
            assertThat(problem.why()).contains("lib/Missing");
        }
    }

    @Test
    void saysWhatAFolderWithoutConnectorsLacks() throws IOException {
        Files.createDirectories(plugins.resolve("hollow"));
        try (ConnectorRegistry registry = ConnectorRegistry.ofDirectory(plugins)) {
            assertThat(problemOf(() -> registry.source("hollow")).why()).isEqualTo("the folder holds no jar");
        }
    }

    @Test
    void proposesTheConnectorThatWasMeant() throws IOException {
        PluginJars.install(plugins, "alpha", "Source", "1");
        try (ConnectorRegistry registry = ConnectorRegistry.ofDirectory(plugins)) {
            Problem misspelt = problemOf(() -> registry.source("aplha"));
            assertThat(misspelt.code()).isEqualTo("E_CONNECTOR_UNKNOWN");
            assertThat(misspelt.fix()).isEqualTo("did you mean alpha?");
            assertThat(problemOf(() -> registry.destination("alpha")).why()).isEqualTo("none is installed");
            assertThat(problemOf(() -> registry.source("../secret")).code()).isEqualTo("E_CONNECTOR_UNKNOWN");
        }
    }

    @Test
    void findsWhoUnderstandsAnAddress() throws IOException {
        PluginJars.install(plugins, "alpha", "Source", "1");
        PluginJars.install(plugins, "beta", "Source", "1");
        try (ConnectorRegistry registry = ConnectorRegistry.ofDirectory(plugins)) {
            Addressed<SourceConnector> byScheme = registry.sourceAt("beta:/data.txt");
            assertThat(byScheme.connector().name()).isEqualTo("beta");
            assertThat(byScheme.config().values()).containsEntry("uri", "beta:/data.txt");
            assertThat(problemOf(() -> registry.sourceAt("data.txt")).why()).isEqualTo("alpha, beta");
            assertThat(problemOf(() -> registry.sourceAt("gamma://x:secret@y")).toString())
                    .contains("no source connector understands this address")
                    .doesNotContain("secret");
        }
    }

    @Test
    void saysThatTheDirectoryIsMissing() {
        assertThat(problemOf(() -> ConnectorRegistry.ofDirectory(plugins.resolve("nowhere")))
                        .code())
                .isEqualTo("E_PLUGINS_MISSING");
    }

    private static Problem problemOf(ThrowingCallable action) {
        Problem[] caught = new Problem[1];
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(ProblemException.class, thrown -> caught[0] = thrown.problem());
        return caught[0];
    }

    private static final class Quiet implements ConnectorContext {
        @Override
        public void log(System.Logger.Level level, String message) {}

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    }
}
