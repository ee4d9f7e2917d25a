# SPDX-License-Identifier: MIT
# What both throw-away machines are made of; sourced by enter and boot, with $tree set.
# shellcheck shell=sh disable=SC2154 # $tree

lawyer=4242

fail() {
    echo "$0: $1" >&2
    exit 69
}

# usage: check_namespaces OPTIONS; unshare(1) must be able to do it here.
check_namespaces() {
    # shellcheck disable=SC2086 # a list of options
    unshare $1 true 2>/dev/null || fail "the kernel forbids these namespaces here: unshare $1"
}

# A chroot's / is no mount point, so that unshare cannot make it private: joining our own mount
# namespace anew leads to its real root.
make_mounts_private() {
    [ -e /proc/self/ns/mnt ] || mount -t proc proc /proc
    nsenter --mount=/proc/self/ns/mnt -- mount --make-rprivate /
    mount -t proc proc /proc 2>/dev/null || fail 'the kernel forbids to mount /proc'
}

fresh_tmpfs() {
    mount -t tmpfs -o "mode=$2,nosuid,nodev" tmpfs "$1"
}

copy_on_write() {
    for directory in etc usr var home root; do
        layer=/run/machine/$directory
        mkdir -p "$layer/upper" "$layer/work"
        # The root of an overlay has the owner and mode of its upper layer.
        chmod --reference="/$directory" "$layer/upper"
        mount -t overlay -o "lowerdir=/$directory,upperdir=$layer/upper,workdir=$layer/work" \
            "$directory" "/$directory" || fail "the kernel forbids an overlay on /$directory"
    done
    chmod 700 /run/machine
}

# The working directory still is the tree below all that was mounted over it.
show_tree() {
    mkdir -p "$tree"
    mount --no-canonicalize --bind . "$tree"
    mount -o remount,bind,ro "$tree"
    cd "$tree" || fail "there is no $tree"
}

# A /dev of its own: a test may bind /dev/log, and no terminal but the machine's own is in it.
fresh_dev() {
    mkdir -p /run/machine/dev
    for device in null zero full random urandom tty; do
        touch "/run/machine/dev/$device"
        mount --bind "/dev/$device" "/run/machine/dev/$device"
    done
    mkdir /run/machine/dev/pts /run/machine/dev/shm
    mount --rbind /run/machine/dev /dev
    mount -t devpts -o newinstance,mode=620,ptmxmode=666,gid=5 devpts /dev/pts
    fresh_tmpfs /dev/shm 1777
    ln -s pts/ptmx /dev/ptmx
    ln -s /proc/self/fd /dev/fd
    for fd in 0:stdin 1:stdout 2:stderr; do
        ln -s "/proc/self/fd/${fd%%:*}" "/dev/${fd#*:}"
    done
}

add_lawyer() {
    id lawyer >/dev/null 2>&1 || useradd --uid $lawyer --create-home --shell /bin/sh lawyer
}

# Root's machine: /etc /usr /var /home /root are copy-on-write in memory.
set_up_as_root() {
    fresh_tmpfs /run 755
    mkdir -p /run/user /run/lock
    copy_on_write
    fresh_dev
    fresh_tmpfs /tmp 1777
    show_tree
    add_lawyer
}
