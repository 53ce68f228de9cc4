package dev.sluice.server.auth.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.sluice.server.json.JsonText;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The provider: where it sends people, and what it says of those who come back. Threads may share it. */
final class OidcProvider implements AutoCloseable {
    private static final Duration DESCRIPTION_KEPT = Duration.ofHours(1);
    private static final int SKEW_SECONDS = 60;

    /** Signatures that only the provider can make; never ones that this server's own secret could have made. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.copyOf(List.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512));

    private final OidcSettings settings;
    private final Clock clock;
    private final OidcHttp http = new OidcHttp();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Described described;

    OidcProvider(OidcSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** What the provider says of itself, with what holds its signatures against its keys. */
    private record Described(OIDCProviderMetadata metadata, IDTokenValidator validator, Instant until) {}

    /** Where to send somebody who wants to sign in. */
    URI begin(Pending pending, URI callback) {
        return new AuthenticationRequest.Builder(
                        ResponseType.CODE,
                        new Scope(settings.scopes().toArray(String[]::new)),
                        new ClientID(settings.clientId()),
                        callback)
                .endpointURI(described().metadata().getAuthorizationEndpointURI())
                .state(new State(pending.state()))
                .nonce(new Nonce(pending.nonce()))
                .codeChallenge(new CodeVerifier(pending.verifier()), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    /** Where to send somebody who signs out, so that the provider forgets them too; empty if it knows no such place. */
    Optional<URI> end(URI back) {
        URI endpoint = described().metadata().getEndSessionEndpointURI();
        return Optional.ofNullable(endpoint)
                .map(uri -> new LogoutRequest(uri, null, null, new ClientID(settings.clientId()), back, null, null)
                        .toURI());
    }

    /** True if an answer may be of this provider; one that does not say of whom it is has no other sign. */
    boolean isIssuer(@Nullable String issuer) {
        return issuer == null
                ? !described().metadata().supportsAuthorizationResponseIssuerParam()
                : issuer.equals(described().metadata().getIssuer().getValue());
    }

    /** Who came back with a code. */
    Person person(String code, Pending pending, URI callback) {
        Described known = described();
        try {
            OIDCTokenResponse tokens = exchange(known.metadata(), code, pending, callback);
            Map<String, @Nullable Object> claims = JsonText.object(known.validator()
                    .validate(tokens.getOIDCTokens().getIDToken(), new Nonce(pending.nonce()))
                    .toJSONString());
            String subject = String.valueOf(claims.get("sub"));
            userInfo(known.metadata(), tokens, subject).forEach(claims::putIfAbsent);
            return person(known.metadata().getIssuer().getValue(), subject, claims);
        } catch (IOException unreachable) {
            throw unreachable(unreachable);
        } catch (ParseException | BadJOSEException | JOSEException untrue) {
            throw refused("what it says of somebody cannot be believed: " + untrue.getMessage());
        }
    }

    private OIDCTokenResponse exchange(OIDCProviderMetadata metadata, String code, Pending pending, URI callback)
            throws IOException, ParseException {
        AuthorizationCodeGrant grant =
                new AuthorizationCodeGrant(new AuthorizationCode(code), callback, new CodeVerifier(pending.verifier()));
        ClientAuthentication proof = proof(metadata);
        URI endpoint = metadata.getTokenEndpointURI();
        TokenRequest request = proof == null
                ? new TokenRequest.Builder(endpoint, new ClientID(settings.clientId()), grant).build()
                : new TokenRequest.Builder(endpoint, proof, grant).build();
        TokenResponse response = OIDCTokenResponseParser.parse(send(request.toHTTPRequest()));
        if (response instanceof TokenErrorResponse error) {
            throw refused("it does not take the code: " + error.getErrorObject().getCode());
        }
        return (OIDCTokenResponse) response.toSuccessResponse();
    }

    private @Nullable ClientAuthentication proof(OIDCProviderMetadata metadata) {
        String text = settings.secret();
        if (text == null || text.isEmpty()) {
            return null;
        }
        List<ClientAuthenticationMethod> known = metadata.getTokenEndpointAuthMethods();
        ClientID id = new ClientID(settings.clientId());
        boolean takesBasic = known == null || known.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        return takesBasic ? new ClientSecretBasic(id, new Secret(text)) : new ClientSecretPost(id, new Secret(text));
    }

    /** What the provider says elsewhere than in the token, if it does. */
    private Map<String, @Nullable Object> userInfo(
            OIDCProviderMetadata metadata, OIDCTokenResponse tokens, String subject)
            throws IOException, ParseException {
        URI endpoint = metadata.getUserInfoEndpointURI();
        if (endpoint == null || tokens.getOIDCTokens().getBearerAccessToken() == null) {
            return Map.of();
        }
        UserInfoResponse response = UserInfoResponse.parse(
                send(new UserInfoRequest(endpoint, tokens.getOIDCTokens().getBearerAccessToken()).toHTTPRequest()));
        if (!response.indicatesSuccess() || response.toSuccessResponse().getUserInfo() == null) {
            return Map.of();
        }
        Map<String, @Nullable Object> claims =
                JsonText.object(response.toSuccessResponse().getUserInfo().toJSONString());
        if (!subject.equals(claims.get("sub"))) {
            throw refused("it speaks of two people at once");
        }
        return claims;
    }

    private HTTPResponse send(HTTPRequest request) throws IOException {
        return request.send(http);
    }

    private Person person(String issuer, String subject, Map<String, @Nullable Object> claims) {
        Object name = claims.get("name") == null ? claims.get("preferred_username") : claims.get("name");
        return new Person(
                issuer,
                subject,
                claims.get("email") instanceof String email && !email.isBlank() ? email : null,
                Boolean.TRUE.equals(claims.get("email_verified")) || "true".equals(claims.get("email_verified")),
                name instanceof String text && !text.isBlank() ? text : null,
                groups(claims));
    }

    private Set<String> groups(Map<String, @Nullable Object> claims) {
        Object found = claims.get(settings.groupsClaim());
        if (found == null) {
            found = claims;
            for (String part : settings.groupsClaim().split("\\.", -1)) {
                found = found instanceof Map<?, ?> map ? map.get(part) : null;
            }
        }
        Set<String> groups = new HashSet<>();
        if (found instanceof List<?> list) {
            list.forEach(each -> groups.add(String.valueOf(each)));
        } else if (found instanceof String one) {
            groups.add(one);
        }
        return groups;
    }

    private Described described() {
        lock.lock();
        try {
            Described known = described;
            if (known == null || !clock.instant().isBefore(known.until())) {
                known = describe();
                described = known;
            }
            return known;
        } catch (IOException unreachable) {
            Described old = described;
            if (old == null) {
                throw unreachable(unreachable);
            }
            return old; // it seldom changes, and what matters of it is asked for anyway
        } catch (ParseException malformed) {
            throw refused("what it says of itself cannot be read: " + malformed.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private Described describe() throws IOException, ParseException {
        String issuer = settings.issuer().toString();
        URI place = URI.create(issuer.replaceAll("/$", "") + "/.well-known/openid-configuration");
        OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(http.get(place));
        if (!metadata.getIssuer().getValue().equals(issuer)) {
            throw refused(
                    "it calls itself " + metadata.getIssuer() + ", which is not the name that the server was told");
        }
        if (metadata.getAuthorizationEndpointURI() == null || metadata.getTokenEndpointURI() == null) {
            throw refused("it does not say where people sign in");
        }
        IDTokenValidator validator = new IDTokenValidator(
                new Issuer(issuer),
                new ClientID(settings.clientId()),
                new JWSVerificationKeySelector<>(ALGORITHMS, keys(metadata.getJWKSetURI())),
                null);
        validator.setMaxClockSkew(SKEW_SECONDS);
        return new Described(metadata, validator, clock.instant().plus(DESCRIPTION_KEPT));
    }

    private JWKSource<SecurityContext> keys(URI place) throws MalformedURLException {
        return JWKSourceBuilder.<SecurityContext>create(place.toURL(), http)
                .refreshAheadCache(false)
                .retrying(true)
                .build();
    }

    private ProblemException unreachable(IOException cause) {
        return Problem.of(
                        "E_OIDC_UNREACHABLE",
                        ProblemKind.UNREACHABLE,
                        "the provider that signs people in cannot be reached")
                .at(settings.issuer().getHost())
                .because(cause.getMessage())
                .fix("try again later, or sign in with a password")
                .exception(cause);
    }

    private ProblemException refused(String why) {
        return Problem.of(
                        "E_OIDC_ANSWER",
                        ProblemKind.PERMISSION,
                        "the provider that signs people in gave an answer that does not count")
                .at(settings.issuer().getHost())
                .because(why)
                .fix("sign in again; if it happens each time, compare the settings of both")
                .exception();
    }

    @Override
    public void close() {
        http.close();
    }
}
