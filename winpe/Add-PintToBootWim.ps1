<#
.SYNOPSIS
Puts pint into a boot.wim with DISM, brings what is in it up to date, or takes it out again (-Remove).
.DESCRIPTION
For a Windows with the ADK, as administrator. What it puts where, and its boot-media.json, are those of add-to-boot-wim.mjs:
each can take out what the other has put in. Needs Windows PowerShell 5.1 or later and its module Dism.
.EXAMPLE
.\Add-PintToBootWim.ps1 -ImagePath C:\WinPE_amd64\media\sources\boot.wim -Files ..\dist -Profiles .\profiles -WhatIf
.EXAMPLE
.\Add-PintToBootWim.ps1 -ImagePath C:\WinPE_amd64\media\sources\boot.wim -Remove
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
param(
    [Parameter(Mandatory = $true)]
    [string] $ImagePath,
    # 1 is WinPE in the ADK's boot.wim.
    [ValidateRange(1, 65535)]
    [int] $Index = 1,
    # Has pint.exe and nssm.exe.
    [string] $Files = (Join-Path -Path $PSScriptRoot -ChildPath '..\dist'),
    [ValidateSet('startnet', 'winpeshl', 'unattend', 'none')]
    [string] $Start = 'startnet',
    # Files, or folders of them.
    [string[]] $Profiles = @(),
    # Folders with *.inf, which WinPE loads before pint runs.
    [string[]] $Drivers = @(),
    # A start file that somebody has written is replaced; it is kept in the WIM.
    [switch] $Replace,
    [switch] $Remove
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$StartFiles = @{
    startnet = @{ File = 'startnet.cmd'; Path = '/Windows/System32/startnet.cmd' }
    winpeshl = @{ File = 'winpeshl.ini'; Path = '/Windows/System32/winpeshl.ini' }
    unattend = @{ File = 'unattend.xml'; Path = '/Unattend.xml' }
}

function Join-ImagePath([string] $Root, [string] $Path) {
    $relative = $Path.Replace('/', '\')
    Join-Path -Path $Root -ChildPath $relative.TrimStart('\')
}

function Get-Sha1([string] $File) {
    (Get-FileHash -LiteralPath $File -Algorithm SHA1).Hash.ToLowerInvariant()
}

# What is in the image, or nothing. Throws for a folder PINT that is not ours, and for what was changed since.
function Get-Manifest([string] $Root) {
    $folder = Join-ImagePath -Root $Root -Path '/PINT'
    if (-not (Test-Path -LiteralPath $folder)) { return $null }
    $document = Join-Path -Path $folder -ChildPath 'boot-media.json'
    if (-not (Test-Path -LiteralPath $document)) { throw "The image has a folder PINT that this script has not made." }
    $manifest = Get-Content -LiteralPath $document -Raw -Encoding UTF8 | ConvertFrom-Json
    foreach ($entry in $manifest.files.PSObject.Properties) {
        $file = Join-ImagePath -Root $Root -Path $entry.Name
        if (-not (Test-Path -LiteralPath $file) -or (Get-Sha1 -File $file) -ne $entry.Value) {
            throw "$($entry.Name) was changed since it was put there: look at it first."
        }
    }
    return $manifest
}

function Remove-Kit([string] $Root, [object] $Manifest) {
    foreach ($entry in $Manifest.files.PSObject.Properties) {
        Remove-Item -LiteralPath (Join-ImagePath -Root $Root -Path $entry.Name) -Force
    }
    foreach ($entry in $Manifest.replaced.PSObject.Properties) {
        $kept = Join-ImagePath -Root $Root -Path $entry.Value
        Move-Item -LiteralPath $kept -Destination (Join-ImagePath -Root $Root -Path $entry.Name)
    }
    Remove-Item -LiteralPath (Join-ImagePath -Root $Root -Path '/PINT') -Recurse -Force
}

# Throws when WinPE would start something else, or when what somebody has written would no longer be run.
function Assert-Start([string] $Root) {
    if ($Start -eq 'none') { return }
    $target = Join-ImagePath -Root $Root -Path $StartFiles[$Start].Path
    if ($Start -eq 'startnet') {
        foreach ($stronger in '/Windows/System32/winpeshl.ini', '/setup.exe', '/sources/setup.exe') {
            if (Test-Path -LiteralPath (Join-ImagePath -Root $Root -Path $stronger)) {
                throw "WinPE starts $stronger and never looks at startnet.cmd: -Start winpeshl -Replace, or -Start none."
            }
        }
    }
    if (-not (Test-Path -LiteralPath $target) -or $Replace) { return }
    $text = [string] (Get-Content -LiteralPath $target -Raw)
    if ($Start -eq 'startnet' -and $text -match '^\s*(@echo off\s+)?wpeinit\s*$') { return }
    throw "$target is there and is not WinPE's own: with -Replace it is kept in PINT and no longer run."
}

function Add-Kit([string] $Root) {
    $folder = Join-ImagePath -Root $Root -Path '/PINT'
    $null = New-Item -ItemType Directory -Path $folder
    foreach ($name in 'pint.exe', 'nssm.exe', 'EXECUTABLE-LICENSES.txt') {
        $source = Join-Path -Path $Files -ChildPath $name
        if (Test-Path -LiteralPath $source) { Copy-Item -LiteralPath $source -Destination $folder }
        elseif ($name -eq 'pint.exe') { throw "$source is not there." }
        else { Write-Warning -Message "$source is not there, and so not in the WIM." }
    }
    Copy-Item -LiteralPath (Join-Path -Path $PSScriptRoot -ChildPath 'pint-auto.cmd') -Destination $folder
    foreach ($path in $Profiles) {
        Get-ChildItem -Path $path -Filter '*.json' -File | Copy-Item -Destination $folder
    }
    # It has to be there: else the first folder would become it, and not lie in it.
    if ($Drivers.Count -gt 0) { $null = New-Item -ItemType Directory -Path (Join-Path -Path $folder -ChildPath 'drivers') }
    foreach ($path in $Drivers) {
        Copy-Item -LiteralPath $path -Destination (Join-Path -Path $folder -ChildPath 'drivers') -Recurse
    }
    $replaced = [ordered] @{}
    $added = @(Get-ChildItem -LiteralPath $folder -Recurse -File | ForEach-Object -Process { $_.FullName })
    if ($Start -ne 'none') {
        $path = $StartFiles[$Start].Path
        $target = Join-ImagePath -Root $Root -Path $path
        if (Test-Path -LiteralPath $target) {
            $kept = '/PINT/before/' + $StartFiles[$Start].File
            $null = New-Item -ItemType Directory -Path (Join-ImagePath -Root $Root -Path '/PINT/before')
            Move-Item -LiteralPath $target -Destination (Join-ImagePath -Root $Root -Path $kept)
            $replaced[$path] = $kept
        }
        Copy-Item -LiteralPath (Join-Path -Path $PSScriptRoot -ChildPath $StartFiles[$Start].File) -Destination $target
        $added += $target
    }
    $hashes = [ordered] @{}
    foreach ($file in $added) {
        $inImage = $file.Substring($Root.Length)
        $hashes[$inImage.Replace('\', '/')] = Get-Sha1 -File $file
    }
    $text = [ordered] @{ pintBootMedia = 1; files = $hashes; replaced = $replaced } | ConvertTo-Json -Depth 4
    # Without a byte order mark, which Windows PowerShell's own UTF8 writes.
    [System.IO.File]::WriteAllText((Join-Path -Path $folder -ChildPath 'boot-media.json'), $text)
}

$image = (Resolve-Path -LiteralPath $ImagePath).ProviderPath
$action = if ($Remove) { 'take pint out' } else { 'put pint in' }
if (-not $PSCmdlet.ShouldProcess("$image, image $Index", $action)) { return }

$mount = Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath ('pint-mount-' + [guid]::NewGuid().ToString('N'))
$null = New-Item -ItemType Directory -Path $mount
$isMounted = $false
try {
    $null = Mount-WindowsImage -ImagePath $image -Index $Index -Path $mount
    $isMounted = $true
    if (-not (Test-Path -LiteralPath (Join-ImagePath -Root $mount -Path '/Windows/System32/wpeutil.exe'))) {
        throw "Image $Index of $image is no WinPE: it has no wpeutil.exe."
    }
    $manifest = Get-Manifest -Root $mount
    if ($null -ne $manifest) { Remove-Kit -Root $mount -Manifest $manifest }
    if (-not $Remove) {
        Assert-Start -Root $mount
        Add-Kit -Root $mount
    }
    $null = Dismount-WindowsImage -Path $mount -Save -CheckIntegrity
    $isMounted = $false
}
finally {
    # Whatever has failed: nothing of it is kept, and no mounted folder is left behind.
    if ($isMounted) { $null = Dismount-WindowsImage -Path $mount -Discard }
    Remove-Item -LiteralPath $mount -Recurse -Force
}
Write-Output -InputObject "$image, image ${Index}: $action, done."
