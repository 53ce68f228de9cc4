package dev.sluice.dist.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The project works wherever it lies and whichever mirror serves it. */
class PlacesTest {
    /** Folders of somebody's machine. */
    private static final Pattern MACHINE = Pattern.compile("(?<![\\w.:/$}~-])/(?:home|Users|work|root)/\\w+");

    /** Hosts that packages come from; which one serves is the matter of each machine. */
    private static final Pattern REGISTRY =
            Pattern.compile("\\b(?:repo1?\\.maven(?:\\.apache)?\\.org|central\\.sonatype\\.\\w+|oss\\.sonatype\\.org"
                    + "|registry\\.(?:npmjs\\.org|yarnpkg\\.com)|(?:files\\.pythonhosted|pypi)\\.org"
                    + "|deb\\.debian\\.org|plugins\\.gradle\\.org|proxy\\.golang\\.org|static\\.crates\\.io)\\b");

    @Test
    void namesNoFolderOfAMachine() {
        assertThat(found(MACHINE)).isEmpty();
    }

    @Test
    void namesNoHostThatPackagesComeFrom() {
        assertThat(found(REGISTRY)).isEmpty();
    }

    private static List<String> found(Pattern pattern) {
        List<String> found = new ArrayList<>();
        for (Path file : Checkout.files()) {
            if (file.endsWith("PlacesTest.java")) {
                continue;
            }
            Matcher matcher = pattern.matcher(textOrNothing(file));
            while (matcher.find()) {
                found.add(file + ": " + matcher.group());
            }
        }
        return found;
    }

    /** Data and pictures are not text. */
    private static String textOrNothing(Path file) {
        try {
            return Checkout.text(file);
        } catch (UncheckedIOException failure) {
            if (failure.getCause() instanceof MalformedInputException) {
                return "";
            }
            throw failure;
        }
    }
}
