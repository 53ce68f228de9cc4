package dev.sluice.dist.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Errors refer to a page that explains them, so each code has its place there. */
class ProblemsTest {
    private static final Pattern CODE = Pattern.compile("\"(E_[A-Z0-9_]*[A-Z0-9])\"");
    private static final Pattern HEADING = Pattern.compile("(?m)^### (E_[A-Z0-9_]+)$");

    @Test
    void eachCodeIsExplained() {
        Set<String> codes = new TreeSet<>();
        for (Path file : Checkout.javaFiles()) {
            if (!Checkout.isTest(file) && !Checkout.slashes(file).contains("testkit/")) {
                codes.addAll(found(CODE, file));
            }
        }
        assertThat(codes).hasSizeGreaterThan(100);
        assertThat(found(HEADING, Checkout.root().resolve("docs/problems.md"))).containsAll(codes);
    }

    private static Set<String> found(Pattern pattern, Path file) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(Checkout.text(file));
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
