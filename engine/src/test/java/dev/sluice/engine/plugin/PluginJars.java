package dev.sluice.engine.plugin;

import dev.sluice.spi.connector.Connector;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;

/** Compiles small plugins, so that the tests meet real jars and real class loaders. */
final class PluginJars {
    private static final String CONNECTOR = """
        package plugin.NAME;
        import dev.sluice.spi.connector.*;
        import dev.sluice.spi.destination.Destination;
        import dev.sluice.spi.runtime.*;
        import dev.sluice.spi.source.Source;
        import java.util.*;
        public final class TYPE implements KINDConnector {
            public TYPE() {
                System.setProperty("made.NAME", "true");
            }
            public String name() { return "NAME"; }
            public String title() { return lib.Version.WORDS; }
            public String summary() { return Thread.currentThread().getContextClassLoader().getName(); }
            public String spec() { return see("org.junit.jupiter.api.Test") + " " + see("java.sql.Driver"); }
            public Optional<Config> fromUri(String uri) {
                return uri.startsWith("NAME:") || uri.endsWith(".txt")
                        ? Optional.of(Config.of(Map.of("uri", uri)))
                        : Optional.empty();
            }
            public KIND open(Config config, ConnectorContext context) { return lib.Missing.make(); }
            private static String see(String name) {
                try {
                    return Class.forName(name).getSimpleName();
                } catch (ClassNotFoundException notSeen) {
                    return "nothing";
                }
            }
        }
        """;

    private static final String LIBRARY = """
        package lib;
        public final class Version {
            public static final String WORDS = new String("library VERSION");
        }
        """;

    private static final String MISSING = """
        package lib;
        public final class Missing {
            public static <T> T make() { return null; }
        }
        """;

    private PluginJars() {}

    /** Puts a plugin into a directory: one jar with the connector, another with its version of the library. */
    static void install(Path plugins, String name, String kind, String version) throws IOException {
        Path folder = Files.createDirectories(plugins.resolve(name));
        Path classes = Files.createTempDirectory("classes");
        String type = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        compile(
                classes,
                Map.of(
                        "plugin." + name + "." + type,
                        CONNECTOR.replace("NAME", name).replace("TYPE", type).replace("KIND", kind),
                        "lib.Version",
                        LIBRARY.replace("VERSION", version),
                        // Compiled against, and left out of the jar: a library that is missing at run time.
                        "lib.Missing",
                        MISSING));
        jar(
                folder.resolve(name + ".jar"),
                classes.resolve("plugin"),
                classes,
                "META-INF/services/dev.sluice.spi.connector." + kind + "Connector",
                "plugin." + name + "." + type);
        jar(folder.resolve("lib.jar"), classes.resolve("lib/Version.class"), classes, "META-INF/about", version);
    }

    private static void compile(Path classes, Map<String, String> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, text) -> units.add(new Unit(name, text)));
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "-d",
                classes.toString(),
                "-cp",
                placeOf(Connector.class) + File.pathSeparator + placeOf(NullMarked.class));
        if (!compiler.getTask(messages, null, null, options, null, units).call()) {
            throw new IllegalStateException(messages.toString());
        }
    }

    private static String placeOf(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }

    static void jar(Path jar, Path content, Path root, String extra, String text) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(content)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(root.relativize(each).toString()));
                Files.copy(each, out);
            }
            out.putNextEntry(new JarEntry(extra));
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static final class Unit extends SimpleJavaFileObject {
        private final String text;

        Unit(String name, String text) {
            super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
