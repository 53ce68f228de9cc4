package dev.sluice.dist.product;

import dev.sluice.testkit.fault.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * A checkout with the real launcher, and a make-believe Maven and JDK, so that the launcher is tested without a build. Of
 * the machine it sees the tools that are part of every system, and no Java.
 */
final class MakeBelieve {
    private static final List<String> TOOLS = List.of(
            "sh",
            "cat",
            "cut",
            "date",
            "find",
            "grep",
            "head",
            "mkdir",
            "mktemp",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "tail",
            "touch",
            "uname");

    private final Path folder;

    private MakeBelieve(Path folder) {
        this.folder = folder;
    }

    /** A checkout in an empty folder. */
    static MakeBelieve in(Path folder) throws IOException {
        MakeBelieve made = new MakeBelieve(folder);
        Path tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : TOOLS) {
            Path usual = Path.of("/usr/bin", tool);
            program(tools.resolve(tool), "exec " + (Files.exists(usual) ? "/usr" : "") + "/bin/" + tool + " \"$@\"\n");
        }
        made.copy("sluice", "dist/src/main/sh/jdk.sh");
        for (String file : List.of(
                "pom.xml", "spi/pom.xml", "spi/src/main/A.java", "spi/src/test/ATest.java", "connectors/one/pom.xml")) {
            made.write(file, "something");
        }
        made.jdk("jdk", "25.0.1");
        made.maven("""
            mkdir -p dist/target/sluice/bin
            printf '#!/bin/sh\\n[ "${SLUICE_AOT:-}" = prepare ] || echo "product $*"\\n' >dist/target/sluice/bin/sluice
            chmod +x dist/target/sluice/bin/sluice
            """);
        return made;
    }

    private void copy(String... files) throws IOException {
        for (String file : files) {
            Path copy = checkout().resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(Path.of("..", file), copy);
        }
    }

    /** The root of the checkout. */
    Path checkout() {
        return folder.resolve("checkout");
    }

    /** Writes a file of the checkout. */
    Path write(String file, String text) throws IOException {
        Path path = checkout().resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    /** What Maven does; it is started in the checkout, and what it was told is appended to {@link #builds}. */
    void maven(String script) throws IOException {
        program(folder.resolve("tools/mvn"), """
            echo "JAVA_HOME=$JAVA_HOME $*" >>"%s"
            PATH=$PATH:/usr/bin:/bin
            """.formatted(folder.resolve("builds")) + script);
    }

    /** A pipe; who reads from it waits until something is written to it. */
    Path pipe(String name) {
        Path pipe = folder.resolve(name);
        start(folder, Map.of(), "mkfifo", pipe.toString()).requireSuccess();
        return pipe;
    }

    /** Takes one of the tools away. */
    void without(String tool) throws IOException {
        Files.delete(folder.resolve("tools").resolve(tool));
    }

    /** Makes one of the tools something else. */
    void tool(String name, String script) throws IOException {
        Files.deleteIfExists(folder.resolve("tools").resolve(name));
        program(folder.resolve("tools").resolve(name), script);
    }

    /** A folder that looks like a JDK. */
    Path jdk(String name, String version) throws IOException {
        Path jdk = folder.resolve(name);
        Files.createDirectories(jdk.resolve("bin"));
        program(jdk.resolve("bin/java"), "echo '    java.specification.version = " + version + "'\n");
        program(jdk.resolve("bin/javac"), "exit 1\n");
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }

    private static void program(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What Maven was told, a line a build. */
    List<String> builds() throws IOException {
        Path builds = folder.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds) : List.of();
    }

    /** Starts a command that sees the make-believe machine and these variables. */
    ChildProcess start(Path directory, Map<String, String> variables, String... command) {
        ProcessBuilder builder = ChildProcess.prepare(List.of(command)).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", folder.resolve("tools").toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("SLUICE_JAVA_PLACES", "");
        builder.environment().putAll(variables);
        return ChildProcess.start(builder);
    }
}
