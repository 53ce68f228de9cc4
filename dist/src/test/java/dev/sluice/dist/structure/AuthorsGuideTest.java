package dev.sluice.dist.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code in the guide for authors is that of the projects which {@code KitTest} compiles and runs. */
class AuthorsGuideTest {
    private static final Pattern CODE = Pattern.compile("```java (\\S+)\\n(.*?)```", Pattern.DOTALL);

    @Test
    void theCodeOfTheGuideIsCompiledAndRun() throws IOException {
        Path templates = Checkout.root().resolve("cli/src/main/resources/dev/sluice/cli/kit");
        Matcher code = CODE.matcher(Files.readString(Checkout.root().resolve("docs/guide/authors.md")));
        List<String> seen = new ArrayList<>();
        while (code.find()) {
            seen.add(code.group(1));
            assertThat(Files.readString(templates.resolve(code.group(1) + ".template")))
                    .as(code.group(1))
                    .contains(code.group(2).stripTrailing());
        }
        assertThat(seen).hasSizeGreaterThan(6);
    }
}
