# SPDX-License-Identifier: BSD-2-Clause
# hark.m4 - probing flags one by one, and libraries with the name of the Debian package that has them.

# HARK_FLAGS(VARIABLE, FLAGS) - those of FLAGS that the compiler takes without a complaint.
AC_DEFUN([HARK_FLAGS], [
	$1=
	hark_save_cflags=$CFLAGS
	for hark_flag in $2; do
		AC_MSG_CHECKING([whether $CC takes $hark_flag])
		CFLAGS="$hark_save_cflags -Werror $$1 $hark_flag"
		AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[int main_of_probe(void);]])],
			[AC_MSG_RESULT([yes]); $1="$$1 $hark_flag"],
			[AC_MSG_RESULT([no])])
	done
	CFLAGS=$hark_save_cflags
	AC_SUBST([$1])
])

# HARK_LINK_FLAGS(VARIABLE, FLAGS) - those of FLAGS that the linker takes.
AC_DEFUN([HARK_LINK_FLAGS], [
	$1=
	hark_save_cflags=$CFLAGS
	hark_save_ldflags=$LDFLAGS
	CFLAGS="$CFLAGS -fPIE"
	for hark_flag in $2; do
		AC_MSG_CHECKING([whether the linker takes $hark_flag])
		LDFLAGS="$hark_save_ldflags -Werror $hark_flag"
		AC_LINK_IFELSE([AC_LANG_PROGRAM([[]])],
			[AC_MSG_RESULT([yes]); $1="$$1 $hark_flag"],
			[AC_MSG_RESULT([no])])
	done
	CFLAGS=$hark_save_cflags
	LDFLAGS=$hark_save_ldflags
	AC_SUBST([$1])
])

# HARK_NEED_MODULE(PREFIX, MODULES, DEBIAN-PACKAGE) - by pkg-config.
AC_DEFUN([HARK_NEED_MODULE], [
	PKG_CHECK_MODULES([$1], [$2], [], [hark_missing="$hark_missing $3"])
])

# HARK_NEED_LIBRARY(PREFIX, HEADER, CPPFLAGS, LIBS, FUNCTION, DEBIAN-PACKAGES) - without pkg-config.
AC_DEFUN([HARK_NEED_LIBRARY], [
	AC_ARG_VAR([$1_CFLAGS], [C compiler flags for $2])
	AC_ARG_VAR([$1_LIBS], [linker flags for $2])
	AS_IF([test -z "$$1_CFLAGS"], [$1_CFLAGS="$3"])
	AS_IF([test -z "$$1_LIBS"], [$1_LIBS="$4"])
	hark_save_cflags=$CFLAGS
	hark_save_libs=$LIBS
	CFLAGS="$CFLAGS $$1_CFLAGS"
	LIBS="$$1_LIBS $LIBS"
	AC_MSG_CHECKING([for $2 and $5])
	AC_LINK_IFELSE([AC_LANG_PROGRAM([[#include <$2>]], [[return (void *)$5 == 0;]])],
		[AC_MSG_RESULT([yes])],
		[AC_MSG_RESULT([no]); hark_missing="$hark_missing $6"])
	CFLAGS=$hark_save_cflags
	LIBS=$hark_save_libs
])
