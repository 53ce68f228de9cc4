package dev.sluice.connector.file.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Patterns of paths, in the manner of shells. */
class GlobPatternTest {
    private static void matches(String pattern, List<String> yes, List<String> no) {
        GlobPattern glob = GlobPattern.parse(pattern);
        yes.forEach(path ->
                assertThat(glob.matches(path)).as(pattern + " and " + path).isTrue());
        no.forEach(path ->
                assertThat(glob.matches(path)).as(pattern + " and " + path).isFalse());
    }

    @Test
    void aStarStaysWithinAName() {
        matches("*.csv", List.of("a.csv", "a.b.csv"), List.of("a.csv.gz", "x/a.csv", "acsv", ".csv", ".a.csv"));
    }

    @Test
    void twoStarsGoThroughDirectoriesAlsoNone() {
        matches("**/*.csv", List.of("a.csv", "x/a.csv", "x/y/a.csv"), List.of(".x/a.csv", "x/.a.csv", "a.tsv"));
        matches("x/**", List.of("a", "y/a"), List.of("y/.a"));
        matches("a**", List.of("a", "ab"), List.of("a/b", "b/a"));
    }

    @Test
    void aQuestionMarkIsOneCharacter() {
        matches("a?.csv", List.of("ab.csv"), List.of("a.csv", "abc.csv", "a/.csv"));
    }

    @Test
    void classesTakeRangesAndNegations() {
        matches("[a-c]1", List.of("a1", "c1"), List.of("d1", "-1"));
        matches("[!a-c]1", List.of("d1"), List.of("a1", "/1"));
        matches("[^a]1", List.of("d1"), List.of("a1"));
        matches("[]]1", List.of("]1"), List.of("a1"));
        matches("[a&&b]", List.of("a", "b", "&"), List.of("c"));
        matches("[[]1", List.of("[1"), List.of("a1"));
        matches("[\\d]", List.of("d", "\\"), List.of("5"));
    }

    @Test
    void bracesAreAlternatives() {
        matches("*.{csv,tsv}", List.of("a.csv", "b.tsv"), List.of("a.{csv,tsv}", "a.json"));
        matches("a,b*", List.of("a,bc"), List.of("a"));
    }

    @Test
    void whatMeansSomethingToRegularExpressionsMeansItselfHere() {
        matches("a.(b)+$^|*", List.of("a.(b)+$^|x"), List.of("ax(b)+$^|x"));
    }

    @Test
    void theDirectoryIsWhatStandsBeforeTheFirstWildcard() {
        assertThat(GlobPattern.parse("data/2024-*/a*.csv").directory()).isEqualTo("data");
        assertThat(GlobPattern.parse("*.csv").directory()).isEmpty();
        assertThat(GlobPattern.parse("/*.csv").directory()).isEqualTo("/");
        assertThat(GlobPattern.parse("/a/b/c?").directory()).isEqualTo("/a/b");
    }

    @Test
    void namesThatBeginWithADotWantADot() {
        matches(".*", List.of(".a"), List.of("a"));
        matches("[.]a*", List.of(), List.of(".ab"));
    }

    @Test
    void whatIsNotClosedIsTold() {
        for (String open : List.of("[abc", "{a,b", "[")) {
            assertThatThrownBy(() -> GlobPattern.parse(open))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not closed");
        }
    }

    @Test
    void onlyWildcardsMakeAPattern() {
        assertThat(GlobPattern.isGlob("a*")).isTrue();
        assertThat(GlobPattern.isGlob("a{b")).isTrue();
        assertThat(GlobPattern.isGlob("a]b}c.csv")).isFalse();
    }
}
