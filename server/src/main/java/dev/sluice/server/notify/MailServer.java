package dev.sluice.server.notify;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The server that mails go through. Whoever runs Sluice names it, not its users; so it may be one in their own network.
 *
 * <p>{@code smtp://user:password@host:port} asks for encryption (STARTTLS) as soon as a password is told; {@code smtps://}
 * is encrypted from the beginning.
 */
public final class MailServer {
    private static final int USUAL_PORT = 587;
    private static final int SECURE_PORT = 465;

    private final URI address;
    private final String from;
    private final Duration patience;

    private MailServer(URI address, String from, Duration patience) {
        this.address = address;
        this.from = from;
        this.patience = patience;
    }

    /**
     * Reads its address.
     *
     * @param from the sender of mails
     * @throws ProblemException code {@code E_MAIL}, if it is no address of a mail server
     */
    public static MailServer of(String address, String from, Duration patience) {
        URI uri;
        try {
            uri = URI.create(address.strip());
            new InternetAddress(from, true);
        } catch (IllegalArgumentException | AddressException malformed) {
            throw wrong();
        }
        String scheme = uri.getScheme();
        if (uri.getHost() == null || !("smtp".equals(scheme) || "smtps".equals(scheme))) {
            throw wrong();
        }
        return new MailServer(uri, from, patience);
    }

    private static ProblemException wrong() {
        return Problem.of("E_MAIL", ProblemKind.CONFIG, "the address of the mail server cannot be used")
                .fix("write smtp://user:password@host:port or smtps://…, and a sender such as sluice@example.org")
                .exception();
    }

    /**
     * Sends a mail.
     *
     * @throws ProblemException code {@code E_SEND}, if the server does not take it
     */
    void send(UUID id, String to, Content content) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // The library looks there for its parts, and whoever started the server may know nothing of them.
        thread.setContextClassLoader(MailServer.class.getClassLoader());
        try {
            Session session = Session.getInstance(properties());
            MimeMessage mail = new MimeMessage(session);
            mail.setFrom(new InternetAddress(from, true));
            mail.setRecipients(RecipientType.TO, new InternetAddress[] {new InternetAddress(to, true)});
            mail.setSubject(content.subject().replaceAll("\\s+", " "), StandardCharsets.UTF_8.name());
            mail.setText(content.text(), StandardCharsets.UTF_8.name());
            mail.setHeader("X-Sluice-Delivery", id.toString());
            try (Transport transport = session.getTransport()) {
                transport.connect(address.getHost(), port(), part(0), part(1));
                transport.sendMessage(mail, mail.getAllRecipients());
            }
        } catch (MessagingException failure) {
            throw Problem.of("E_SEND", ProblemKind.TRANSIENT, "the message did not arrive")
                    .at(address.getHost())
                    .because(String.valueOf(failure.getMessage()))
                    .fix("look whether the mail server is there and takes mails from " + from)
                    .exception();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private int port() {
        return address.getPort() > 0 ? address.getPort() : isSecure() ? SECURE_PORT : USUAL_PORT;
    }

    private boolean isSecure() {
        return "smtps".equals(address.getScheme());
    }

    private @Nullable String part(int which) {
        String info = address.getRawUserInfo();
        if (info == null) {
            return null;
        }
        String[] parts = info.split(":", 2);
        return which < parts.length ? URLDecoder.decode(parts[which], StandardCharsets.UTF_8) : null;
    }

    private Properties properties() {
        Properties properties = new Properties();
        String protocol = isSecure() ? "smtps" : "smtp";
        String prefix = "mail." + protocol + ".";
        String millis = String.valueOf(patience.toMillis());
        properties.setProperty("mail.transport.protocol", protocol);
        properties.setProperty(prefix + "auth", String.valueOf(address.getRawUserInfo() != null));
        properties.setProperty(prefix + "connectiontimeout", millis);
        properties.setProperty(prefix + "timeout", millis);
        properties.setProperty(prefix + "writetimeout", millis);
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        if (!isSecure()) {
            properties.setProperty(prefix + "starttls.enable", "true");
            properties.setProperty(prefix + "starttls.required", String.valueOf(address.getRawUserInfo() != null));
        }
        return properties;
    }
}
