package dev.sluice.connector.file.destination.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Names of streams become names of folders that are safe everywhere, and two never become one. */
class PathNamesTest {
    @Test
    void namesThatAreFineStayAsTheyAre() {
        for (String name :
                List.of("orders", "Orders", "order_items", "order-items", "v1.2", "two words", "日本語", "Grüße")) {
            assertThat(PathNames.encode(name)).isEqualTo(name);
        }
    }

    @Test
    void nothingLeadsOutOfTheFolder() {
        assertThat(PathNames.encode("..")).isEqualTo("%2E%2E");
        assertThat(PathNames.encode(".")).isEqualTo("%2E");
        assertThat(PathNames.encode("../orders")).isEqualTo("%2E.%2Forders");
        assertThat(PathNames.encode("a/b\\c")).isEqualTo("a%2Fb%5Cc");
        assertThat(PathNames.encode("/etc/passwd")).isEqualTo("%2Fetc%2Fpasswd");
    }

    @Test
    void nothingIsHiddenOrTakenForAPatternOrAPartition() {
        assertThat(PathNames.encode(".hidden")).isEqualTo("%2Ehidden");
        assertThat(PathNames.encode("_private")).isEqualTo("%5Fprivate");
        assertThat(PathNames.encode("a*b?c[d]{e}")).isEqualTo("a%2Ab%3Fc%5Bd%5D%7Be%7D");
        assertThat(PathNames.encode("day=1")).isEqualTo("day%3D1");
        assertThat(PathNames.encode("50%")).isEqualTo("50%25");
        assertThat(PathNames.encode("tab\tnul\u0000")).isEqualTo("tab%09nul%00");
    }

    @Test
    void namesThatWindowsCannotHaveAreEscaped() {
        assertThat(PathNames.encode("con")).isEqualTo("%63on");
        assertThat(PathNames.encode("NUL.txt")).isEqualTo("%4EUL.txt");
        assertThat(PathNames.encode("console")).isEqualTo("console");
        assertThat(PathNames.encode("ends with a dot.")).isEqualTo("ends with a dot%2E");
        assertThat(PathNames.encode("ends with a blank ")).isEqualTo("ends with a blank%20");
    }

    /** Some file systems take the composed and the decomposed form of a letter for one name. */
    @Test
    void namesThatSomeFileSystemsTakeForOneAreTwo() {
        assertThat(PathNames.encode("\u00E9")).isEqualTo("\u00E9");
        assertThat(PathNames.encode("e\u0301")).isEqualTo("e%CC%81");
    }

    @Test
    void longNamesAreCutAndStayApart() {
        String one = "\u00FC".repeat(200) + "1";
        String other = "\u00FC".repeat(200) + "2";
        assertThat(PathNames.encode(one)).isNotEqualTo(PathNames.encode(other)).startsWith("\u00FC\u00FC");
        for (String name : List.of(one, other, "/".repeat(300), "a".repeat(5_000))) {
            assertThat(PathNames.encode(name).getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(200);
        }
        assertThat(PathNames.encode("/".repeat(300))).matches("(%2F)+~[0-9a-f]{12}");
    }

    @Test
    void differentNamesAreDifferentFolders() {
        List<String> names =
                List.of("a/b", "a%2Fb", "a%252Fb", "a b", "a_b", "A_b", "a~b", "a.b", ".a", "%2Ea", "con", "%63on");
        Set<String> encoded = new HashSet<>();
        names.forEach(name -> encoded.add(PathNames.encode(name)));
        assertThat(encoded).hasSize(names.size());
    }
}
