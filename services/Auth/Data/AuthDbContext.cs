using Microsoft.EntityFrameworkCore;
using ShopFlow.Auth.Sessions;
using ShopFlow.Auth.Users;
using ShopFlow.Messaging;

namespace ShopFlow.Auth.Data;

internal sealed class AuthDbContext(DbContextOptions<AuthDbContext> options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();

    public DbSet<SignInFailures> SignInFailures => Set<SignInFailures>();

    public DbSet<PasswordReset> PasswordResets => Set<PasswordReset>();

    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();

    public DbSet<AdminActionEntry> AdminActions => Set<AdminActionEntry>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();

        // Trusted: the owner of a database may install it.
        modelBuilder.HasPostgresExtension("pg_trgm");

        modelBuilder.Entity<User>(user =>
        {
            user.ToTable("users");
            user.HasKey(u => u.Id).HasName("pk_users");
            user.Property(u => u.Id).HasColumnName("id").ValueGeneratedNever();
            user.Property(u => u.Username).HasColumnName("username").HasMaxLength(64);
            user.Property(u => u.NormalizedUsername).HasColumnName("normalized_username").HasMaxLength(64);
            user.Property(u => u.Email).HasColumnName("email").HasMaxLength(254);
            user.Property(u => u.PasswordHash).HasColumnName("password_hash").HasMaxLength(256);
            user.Property(u => u.PasswordVersion).HasColumnName("password_version");
            user.Property(u => u.Roles).HasColumnName("roles");
            user.Property(u => u.CreatedAt).HasColumnName("created_at");
            user.Property(u => u.LastSignInAt).HasColumnName("last_sign_in_at");
            user.Property(u => u.LockedAt).HasColumnName("locked_at");
            user.Property(u => u.LockReason).HasColumnName("lock_reason").HasMaxLength(ReasonRequest.LongestReason);
            user.HasIndex(u => u.NormalizedUsername).IsUnique().HasDatabaseName("ix_users_normalized_username");
            user.HasIndex(u => new { u.Username, u.Email }).HasMethod("gin").HasOperators("gin_trgm_ops", "gin_trgm_ops")
                .HasDatabaseName("ix_users_username_email");
        });

        modelBuilder.Entity<Session>(session =>
        {
            session.ToTable("sessions");
            session.HasKey(s => s.Id).HasName("pk_sessions");
            session.Property(s => s.Id).HasColumnName("id").ValueGeneratedNever();
            session.Property(s => s.UserId).HasColumnName("user_id");
            session.Property(s => s.CreatedAt).HasColumnName("created_at");
            session.Property(s => s.UserAgent).HasColumnName("user_agent").HasMaxLength(UserAgents.MaximumLength);
            session.Property(s => s.RevokedAt).HasColumnName("revoked_at");
            session.HasOne<User>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
            session.HasIndex(s => s.UserId).HasDatabaseName("ix_sessions_user_id");
        });

        modelBuilder.Entity<RefreshToken>(token =>
        {
            token.ToTable("refresh_tokens");
            token.HasKey(t => t.Hash).HasName("pk_refresh_tokens");
            token.Property(t => t.Hash).HasColumnName("hash");
            token.Property(t => t.SessionId).HasColumnName("session_id");
            token.Property(t => t.ExpiresAt).HasColumnName("expires_at");
            token.Property(t => t.UsedAt).HasColumnName("used_at");
            token.HasOne<Session>().WithMany().HasForeignKey(t => t.SessionId).OnDelete(DeleteBehavior.Cascade);
            token.HasIndex(t => t.SessionId).HasDatabaseName("ix_refresh_tokens_session_id");
            token.HasIndex(t => t.ExpiresAt).HasDatabaseName("ix_refresh_tokens_expires_at");
        });

        modelBuilder.Entity<PasswordReset>(reset =>
        {
            reset.ToTable("password_resets");
            reset.HasKey(r => r.TokenHash).HasName("pk_password_resets");
            reset.Property(r => r.TokenHash).HasColumnName("token_hash");
            reset.Property(r => r.UserId).HasColumnName("user_id");
            reset.Property(r => r.CreatedAt).HasColumnName("created_at");
            reset.Property(r => r.ExpiresAt).HasColumnName("expires_at");
            reset.Property(r => r.PasswordVersion).HasColumnName("password_version");
            reset.HasOne<User>().WithMany().HasForeignKey(r => r.UserId).OnDelete(DeleteBehavior.Cascade);
            reset.HasIndex(r => r.UserId).HasDatabaseName("ix_password_resets_user_id");
        });

        modelBuilder.Entity<SignInFailures>(failures =>
        {
            failures.ToTable("sign_in_failures");
            failures.HasKey(f => f.NormalizedUsername).HasName("pk_sign_in_failures");
            failures.Property(f => f.NormalizedUsername).HasColumnName("normalized_username").HasMaxLength(64);
            failures.Property(f => f.Count).HasColumnName("count");
            failures.Property(f => f.LastAt).HasColumnName("last_at");
            failures.Property(f => f.LockedUntil).HasColumnName("locked_until");
        });

        modelBuilder.Entity<AdminActionEntry>(action =>
        {
            action.ToTable("admin_actions");
            action.HasKey(a => a.Id).HasName("pk_admin_actions");
            action.Property(a => a.Id).HasColumnName("id").ValueGeneratedNever();
            action.Property(a => a.At).HasColumnName("at");
            action.Property(a => a.ActorId).HasColumnName("actor_id");
            action.Property(a => a.ActorName).HasColumnName("actor_name");
            action.Property(a => a.Service).HasColumnName("service");
            action.Property(a => a.Operation).HasColumnName("operation");
            action.Property(a => a.Request).HasColumnName("request");
            action.Property(a => a.Objects).HasColumnName("objects");
            action.Property(a => a.Status).HasColumnName("status");
            action.Property(a => a.Detail).HasColumnName("detail");
            action.Property(a => a.CorrelationId).HasColumnName("correlation_id");
            action.HasIndex(a => new { a.ActorId, a.Id }).HasDatabaseName("ix_admin_actions_actor_id_id");
            action.HasIndex(a => a.Objects).HasMethod("gin").HasDatabaseName("ix_admin_actions_objects");
        });

        modelBuilder.Entity<SigningKey>(key =>
        {
            key.ToTable("signing_keys");
            key.HasKey(k => k.Kid).HasName("pk_signing_keys");
            key.Property(k => k.Kid).HasColumnName("kid").HasMaxLength(43);
            key.Property(k => k.EncryptedPrivateKey).HasColumnName("encrypted_private_key");
            key.Property(k => k.NotBefore).HasColumnName("not_before");
            key.Property(k => k.RetiresAt).HasColumnName("retires_at");
            key.Property(k => k.ExpiresAt).HasColumnName("expires_at");
        });
    }
}
